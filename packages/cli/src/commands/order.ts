import { Option } from '@commander-js/extra-typings';
import { describeState, expectSuccess } from '../executions/describe.ts';
import { follow } from '../executions/follow.ts';
import { UsageError } from '../failure.ts';
import type { OrderFields } from '../orders/order-fields.ts';
import { fieldNames, orderOf, withOrderFields } from '../orders/order-fields.ts';
import { randomOrders } from '../orders/random-orders.ts';
import { readOrders } from '../orders/read-orders.ts';
import { runMany } from '../orders/run-many.ts';
import type { CommonOptions } from '../session.ts';
import { numberFrom, openSession, withServerOptions } from '../session.ts';
import type { Surroundings } from '../surroundings.ts';
import { localDateTime, plain } from '../terminal/text.ts';

type Options = CommonOptions &
  OrderFields & {
    readonly file?: string | undefined;
    readonly random?: number | undefined;
    readonly wait?: true | undefined;
    readonly idempotencyKey?: string | undefined;
    readonly concurrency: number;
  };

async function placeOne(surroundings: Surroundings, options: Options): Promise<void> {
  const session = openSession(surroundings, options);
  const { server, terminal } = session;
  const menu = options.unitprice === undefined ? (await server.menu()).menu : undefined;
  const accepted = await server.place(orderOf(options, menu), options.idempotencyKey);
  const { orderid, startDate } = accepted;
  if (options.wait) {
    const state = await follow(session, orderid);
    terminal.show({ ...accepted, ...state }, () => describeState(state, terminal));
    expectSuccess(state, await server.embedded());
    return;
  }
  const id = terminal.style('bold', plain(orderid));
  terminal.show(accepted, () => [
    `${terminal.style('green', '✔')} order ${id} placed at ${localDateTime(new Date(startDate * 1000))}`,
    terminal.style('dim', `  follow it: coffee status ${plain(orderid)} --watch`),
  ]);
}

function placeOrders(surroundings: Surroundings, options: Options): Promise<void> {
  const { file, random, idempotencyKey } = options;
  const given = fieldNames.filter((name) => options[name] !== undefined);
  const piped = file === undefined && random === undefined && given.length === 0 && !surroundings.stdin.isTTY;
  if (random === undefined && file === undefined && !piped) {
    if (given.length === 0) throw new UsageError('nothing to order: give its fields, --file or --random');
    return placeOne(surroundings, options);
  }
  const [first] = given;
  const many = random === undefined ? '--file' : '--random';
  if (first !== undefined) throw new UsageError(`--${first} is for one order and cannot be used with ${many}`);
  if (idempotencyKey !== undefined)
    throw new UsageError('--idempotency-key is for one order; with many, each gets its own');
  const session = openSession(surroundings, options, { quiet: true });
  const runOptions = { ...session, wait: options.wait === true, concurrency: options.concurrency };
  return random === undefined
    ? runMany(readOrders(file ?? '-', surroundings), { ...runOptions, each: true })
    : runMany(randomOrders(random, session.server), { ...runOptions, total: random });
}

const examples = `
Examples:
  $ coffee order --accountid a0 --vendorid v0 --coffeetype Latte --coffeesize Small --quantity 2 --city Adelaide
  $ coffee order --random 100 --wait
  $ coffee order --file orders.jsonl
  $ coffee order --json < orders.jsonl

A line of a file, or of standard input, is an order as JSON, or {"order": …} as the API takes it.`;

/** `coffee order`: places one order, those of a file, or random ones. */
export const orderCommand = (surroundings: Surroundings) =>
  withServerOptions(
    withOrderFields('order')
      .summary('place one order, those of a file, or random ones')
      .description('Places one order by its fields, those of a file or of standard input, or random ones.')
      .addOption(
        new Option('--file <file>', 'orders from a file of JSON lines, - for standard input').conflicts('random'),
      )
      .addOption(
        new Option('--random <number>', 'this many random orders: a0 at v0, a1 at v1, …').argParser(
          numberFrom(1, 10_000_000),
        ),
      )
      .option('--wait', 'wait until the execution has ended; exits 1 if it failed')
      .option('--idempotency-key <key>', 'the id of the order; sending it again does not order again')
      .addOption(
        new Option('--concurrency <number>', 'how many of many orders are in progress at once')
          .argParser(numberFrom(1, 1000))
          .default(16),
      ),
  )
    .addHelpText('after', examples)
    .action((options) => placeOrders(surroundings, options));
