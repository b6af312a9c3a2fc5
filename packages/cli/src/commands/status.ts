import { Command } from '@commander-js/extra-typings';
import { describeEvent, describeState, expectSuccess } from '../executions/describe.ts';
import { follow, readState } from '../executions/follow.ts';
import type { Session } from '../session.ts';
import { openSession, withServerOptions } from '../session.ts';
import type { Surroundings } from '../terminal/terminal.ts';

/** Shows an execution state by state until it has ended; under `--json` one event per line, then how it ended. */
async function watch(session: Session, orderid: string): Promise<void> {
  const { server, terminal } = session;
  const embedded = await server.embedded();
  if (!embedded) terminal.note('a deployed gateway does not show the states; waiting for the end');
  const state = await follow(session, orderid, (event) => terminal.show(event, () => describeEvent(event, terminal)));
  terminal.print('');
  terminal.show(state, () => describeState(state, terminal));
  expectSuccess(state, embedded);
}

async function show({ server, terminal }: Session, orderid: string): Promise<void> {
  const state = await readState(server, orderid);
  terminal.show(state, () => describeState(state, terminal));
  if (terminal.json || !(await server.embedded())) return;
  const { history } = await server.api.getExecutionHistory(orderid);
  if (history.length > 0) terminal.print(['', ...history.map((event) => describeEvent(event, terminal))]);
}

export const statusCommand = (surroundings: Surroundings) =>
  withServerOptions(
    new Command('status')
      .summary("show the state of an order's execution")
      .description("Shows the state of an order's execution and, from an embedded server, every state it went through.")
      .argument('<orderid>', 'the id that "coffee order" printed')
      .option('--watch', 'show each state as it happens, until the execution has ended; exits 1 if it failed'),
  )
    .addHelpText('after', '\nExample:\n  $ coffee status my-order-1 --watch')
    .action((orderid, options) => (options.watch ? watch : show)(openSession(surroundings, options), orderid));

export const redriveCommand = (surroundings: Surroundings) =>
  withServerOptions(
    new Command('redrive')
      .summary('redrive a failed execution')
      .description('Runs a failed execution again from the state that failed. Embedded servers only.')
      .argument('<orderid>', 'the order of the failed execution')
      .option('--wait', 'show what happens until the execution has ended; exits 1 if it failed again'),
  )
    .addHelpText('after', '\nExample:\n  $ coffee redrive my-order-1 --wait')
    .action(async (orderid, options) => {
      const session = openSession(surroundings, options);
      const { server, terminal } = session;
      const instead = 'redrive it in the Step Functions console, or with "aws stepfunctions redrive-execution"';
      await server.expectEmbedded('redrives', instead);
      const state = await server.api.redriveExecution(orderid);
      if (options.wait) await watch(session, orderid);
      else terminal.show(state, () => describeState(state, terminal));
    });
