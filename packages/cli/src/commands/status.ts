import { Command } from '@commander-js/extra-typings';
import { describeEvent } from '../executions/describe-event.ts';
import { describeState, expectSuccess } from '../executions/describe-state.ts';
import { follow } from '../executions/follow.ts';
import type { CommonOptions, Session } from '../session.ts';
import { jsonOption, openSession, retryOption, urlOption } from '../session.ts';
import { interruptible } from '../terminal/interruptible.ts';

/** Shows an execution state by state until it has ended; under `--json` an event a line, then how it ended. */
export async function watch({ server, terminal }: Session, orderid: string, signal: AbortSignal): Promise<void> {
  if (!(await server.embedded())) terminal.note('a deployed gateway does not tell the states; waiting for the end');
  const state = await follow(server, orderid, {
    signal,
    onEvent: (event) => terminal.show(event, () => describeEvent(event, terminal)),
  });
  terminal.print('');
  terminal.show(state, () => describeState(state, terminal));
  expectSuccess(state, await server.embedded());
}

async function show(options: CommonOptions, orderid: string): Promise<void> {
  const { server, terminal } = openSession(options);
  const state = await server.state(orderid);
  if (terminal.json || !(await server.embedded())) {
    terminal.show(state, () => describeState(state, terminal));
    return;
  }
  const { history } = await server.execution(orderid);
  terminal.print(describeState(state, terminal));
  if (history.length > 0) terminal.print(['', ...history.map((event) => describeEvent(event, terminal))]);
}

/** `coffee status ORDERID`: how an order's execution stands. */
export const statusCommand = () =>
  new Command('status')
    .summary("tell how an order's execution stands")
    .description(
      "Tells how an order's execution stands, and where an embedded server answers, every state it went through.",
    )
    .argument('<orderid>', 'the id that "coffee order" answered')
    .option('--watch', 'show each state as it happens, until the execution has ended; exits 1 if it failed')
    .addOption(jsonOption())
    .addOption(urlOption())
    .addOption(retryOption())
    .addHelpText('after', '\nExample:\n  $ coffee status my-order-1 --watch')
    .action((orderid, options) =>
      options.watch
        ? interruptible((signal) => watch(openSession(options, { signal }), orderid, signal))
        : show(options, orderid),
    );
