import type { Menu } from '@coffee/domain';
import { Command, Option } from '@commander-js/extra-typings';
import { describeState, expectSuccess } from '../executions/describe.ts';
import { follow } from '../executions/follow.ts';
import { UsageError } from '../failure.ts';
import { randomOrders, readOrders } from '../orders/jobs.ts';
import { runMany } from '../orders/run-many.ts';
import { menuOption, numberFrom, openSession, withServerOptions } from '../session.ts';
import type { Surroundings } from '../terminal/terminal.ts';
import { localDateTime, now, plain } from '../terminal/text.ts';

const examples = `
Examples:
  $ coffee order --accountid a0 --vendorid v0 --coffeetype Latte --coffeesize Small --quantity 2 --city Adelaide
  $ coffee order --random 100 --wait
  $ coffee order --file orders.jsonl
  $ coffee order --json < orders.jsonl

A line of a file, or of standard input, is an order as JSON, or {"order": …} as the API takes it.`;

const command = () =>
  withServerOptions(
    new Command('order')
      .summary('place one order, those of a file, or random ones')
      .description('Places one order by its fields, those of a file or of standard input, or random ones.')
      .option('--accountid <id>', 'who orders, like a0')
      .option('--vendorid <id>', 'who makes the coffee, like v0')
      .option('--coffeetype <type>', 'a coffee of the menu, like Latte')
      .option('--coffeesize <size>', 'a size of the menu, like Small')
      .option('--quantity <number>', 'how many cups')
      .option('--city <city>', 'where, like Adelaide')
      .option('--orderdate <date>', 'when, as Python prints it or in ISO 8601 (default: now)')
      .option('--unitprice <price>', 'the price of a cup (default: the list price of the size)')
      .option('--eventtype <type...>', 'what subscribers filter by (default: new_order)')
      .addOption(
        new Option('--file <file>', 'orders from a file of JSON lines, - for standard input').conflicts('random'),
      )
      .option('--random <number>', 'this many random orders: a0 at v0, a1 at v1, …', numberFrom(1, 10_000_000))
      .option('--wait', 'wait until the execution has ended; exits 1 if it failed')
      .option('--idempotency-key <key>', 'the id of the order; sending it again does not order again')
      .option('--concurrency <number>', 'how many of many orders are in progress at once', numberFrom(1, 1000), 16)
      .addOption(menuOption()),
  ).addHelpText('after', examples);

type Options = ReturnType<ReturnType<typeof command>['opts']>;

/** The order that the flags make. The server checks it: what is missing is left out, what is wrong is sent as it is. */
async function orderOf(options: Options, menu: () => Promise<Menu>): Promise<unknown> {
  const { accountid, vendorid, coffeetype, coffeesize, quantity, city, orderdate, unitprice, eventtype } = options;
  const listPrice = async () => (await menu()).coffeesizes.find((size) => size.coffeesize === coffeesize)?.unitprice;
  return {
    accountid,
    vendorid,
    orderdate: orderdate ?? now(),
    city,
    details: {
      coffeetype,
      coffeesize,
      unitprice: unitprice ?? (await listPrice()),
      quantity: quantity !== undefined && /^-?\d+(\.\d+)?$/.test(quantity) ? Number(quantity) : quantity,
    },
    eventtype: eventtype ?? ['new_order'],
  };
}

async function placeOne(surroundings: Surroundings, options: Options): Promise<void> {
  const session = openSession(surroundings, options);
  const { server, terminal, menu } = session;
  const accepted = await server.place(await orderOf(options, menu), options.idempotencyKey);
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
  const { file, random, wait = false, idempotencyKey, concurrency, menu, json, url, retryFor, ...fields } = options;
  const [first] = Object.keys(fields);
  const piped = first === undefined && !surroundings.stdin.isTTY;
  if (random === undefined && file === undefined && !piped) {
    if (first === undefined) throw new UsageError('nothing to order: give its fields, --file or --random');
    return placeOne(surroundings, options);
  }
  const many = random === undefined ? '--file' : '--random';
  if (first !== undefined) throw new UsageError(`--${first} is for one order and cannot be used with ${many}`);
  if (idempotencyKey !== undefined)
    throw new UsageError('--idempotency-key is for one order; with many, each gets its own');
  const session = openSession(surroundings, { ...options, quiet: true });
  const runOptions = { ...session, wait, concurrency };
  return random === undefined
    ? runMany(readOrders(file ?? '-', surroundings), runOptions)
    : runMany(randomOrders(random, session.menu), { ...runOptions, total: random });
}

export const orderCommand = (surroundings: Surroundings) =>
  command().action((options) => placeOrders(surroundings, options));
