import { Command, Option } from '@commander-js/extra-typings';
import type { ExecutionState } from '../client/answers.ts';
import { describeError } from '../executions/describe-error.ts';
import { describeStatus, tookOf } from '../executions/describe-state.ts';
import { NotServed } from '../failures/not-served.ts';
import { jsonOption, numberFrom, openSession, retryOption, urlOption } from '../session.ts';
import { localDateTime } from '../terminal/local-time.ts';
import { plain } from '../terminal/plain.ts';
import { table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';

const columns = [
  { heading: 'Started' },
  { heading: 'Order' },
  { heading: 'Status' },
  { heading: 'Took', align: 'right' },
] as const;

function lines(executions: readonly ExecutionState[], terminal: Terminal): string[] {
  const rows = executions.map((state) => [
    localDateTime(new Date(state.startDate * 1000)),
    plain(state.orderid),
    describeStatus(state.status, terminal),
    tookOf(state) ?? '',
  ]);
  const [heading = '', ...told] = table(columns, rows, terminal.layout);
  const withErrors = told.flatMap((line, index) => {
    const error = describeError(executions[index] ?? {});
    return error === undefined ? [line] : [line, `    ${error}`];
  });
  return [heading, ...withErrors];
}

/** `coffee executions`: the executions of an embedded server. */
export const executionsCommand = () =>
  new Command('executions')
    .summary('list executions, the newest first')
    .description('Lists executions, the newest first. Embedded servers only.')
    .addOption(new Option('--status <status>', 'only those').choices(['RUNNING', 'SUCCEEDED', 'FAILED'] as const))
    .addOption(new Option('--limit <number>', 'how many at most').argParser(numberFrom(1, 1_000_000)).default(20))
    .addOption(jsonOption())
    .addOption(urlOption())
    .addOption(retryOption())
    .addHelpText('after', '\nExample:\n  $ coffee executions --status FAILED --limit 5')
    .action(async (options) => {
      const { server, terminal } = openSession(options);
      if (!(await server.embedded())) {
        throw new NotServed(
          'executions',
          server.origin,
          'see them in the Step Functions console; one is told by: coffee status ORDERID',
        );
      }
      const found: ExecutionState[] = [];
      for await (const state of server.executions(options.limit, options.status ? { status: options.status } : {})) {
        if (!terminal.json) found.push(state);
        else {
          terminal.record(state);
          await terminal.drained();
        }
      }
      if (found.length > 0) terminal.print(lines(found, terminal));
      else if (!terminal.json)
        terminal.note(options.status ? `no execution is ${options.status}` : 'no order has been placed yet');
    });
