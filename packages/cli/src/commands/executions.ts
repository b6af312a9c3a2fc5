import type { ExecutionState } from '@coffee/api';
import { Command, Option } from '@commander-js/extra-typings';
import { pagesOf } from '../client/coffee-server.ts';
import { describeError, describeStatus, tookOf } from '../executions/describe.ts';
import { numberFrom, openSession, withServerOptions } from '../session.ts';
import { table } from '../terminal/table.ts';
import type { Surroundings, Terminal } from '../terminal/terminal.ts';
import { localDateTime, plain } from '../terminal/text.ts';

function lines(executions: readonly ExecutionState[], terminal: Terminal): string[] {
  const rows = executions.map((state) => [
    localDateTime(new Date(state.startDate * 1000)),
    plain(state.orderid),
    describeStatus(state.status, terminal),
    tookOf(state) ?? '',
  ]);
  const [heading = '', ...body] = table(['Started', 'Order', 'Status', { right: 'Took' }], rows, terminal.layout);
  const withErrors = body.flatMap((line, index) => {
    const error = describeError(executions[index] ?? {});
    return error === undefined ? [line] : [line, `    ${error}`];
  });
  return [heading, ...withErrors];
}

/** How many items a list command shows. */
export const limitOption = () =>
  new Option('--limit <number>', 'how many at most').argParser(numberFrom(1, 1_000_000)).default(20);

/** Writes a list for a script as it is read; for people, returns it whole. */
export async function recordOrCollect<T>(items: AsyncIterable<T>, terminal: Terminal): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) {
    if (terminal.json) {
      terminal.record(item);
      await terminal.drained();
    } else found.push(item);
  }
  return found;
}

export const executionsCommand = (surroundings: Surroundings) =>
  withServerOptions(
    new Command('executions')
      .summary('list executions, newest first')
      .description('Lists executions, newest first. Embedded servers only.')
      .addOption(new Option('--status <status>', 'only these').choices(['RUNNING', 'SUCCEEDED', 'FAILED'] as const))
      .addOption(limitOption()),
  )
    .addHelpText('after', '\nExample:\n  $ coffee executions --status FAILED --limit 5')
    .action(async ({ status, limit, ...options }) => {
      const { server, terminal } = openSession(surroundings, options);
      const instead = 'see them in the Step Functions console; for a single one: coffee status ORDERID';
      await server.expectEmbedded('executions', instead);
      const all = pagesOf(limit, async (page) => {
        const { executions, next } = await server.api.listExecutions({ ...(status && { status }), ...page });
        return { items: executions, next };
      });
      const found = await recordOrCollect(all, terminal);
      if (found.length > 0) terminal.print(lines(found, terminal));
      else if (!terminal.json) terminal.note(status ? `no execution is ${status}` : 'no order has been placed yet');
    });
