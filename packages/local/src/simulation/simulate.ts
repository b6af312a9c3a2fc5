import {
  MemoryExecutions,
  MemoryInvoiceStore,
  MemoryNotificationLog,
  MemoryOrderRepository,
} from '@coffee/adapter-memory';
import { AnnounceOrder, IssueInvoiceLine, inputOf, OncePerOrder, PlaceOrder } from '@coffee/application';
import type { Menu, PlacedOrder } from '@coffee/domain';
import { invoiceKeyOf } from '@coffee/domain';
import { exampleOrder } from '@coffee/domain/arbitraries';
import type { Executions, InvoiceStore, NotificationLog, Notifier, OrderRepository } from '@coffee/ports';
import { Conflict, Unavailable } from '@coffee/ports';
import { orderWorkflow } from '@coffee/workflow';
import { Definition } from '../engine/definition.ts';
import type { WorkflowEngineOptions } from '../engine/workflow-engine.ts';
import { WorkflowEngine } from '../engine/workflow-engine.ts';
import { Scheduler } from './scheduler.ts';

/** What is on disk, and outlives a crash. */
interface World {
  readonly executions: Executions;
  readonly orders: OrderRepository;
  readonly invoices: InvoiceStore;
  readonly log: NotificationLog;
}

/** Parts of the system that a test replaces with broken ones. */
export interface Defects {
  readonly world?: (world: World, scheduler: Scheduler) => Partial<World>;
  /** What the engine sees of the ports, faults included. */
  readonly ports?: (ports: World) => Partial<World>;
  readonly sender?: (notifier: Notifier, log: NotificationLog) => Notifier;
  readonly engine?: (options: WorkflowEngineOptions) => WorkflowEngine;
  readonly definition?: Definition;
}

/** What a simulation has seen. No violation means that every promise was kept. */
export interface Report {
  readonly seed: number;
  readonly steps: number;
  readonly crashes: number;
  readonly violations: readonly string[];
  /** What happened, in order: the same for the same seed. */
  readonly trace: readonly string[];
}

const shipped = Definition.of(orderWorkflow);
const leaseMilliseconds = 60_000;
/** The notifier of the simulation cannot deduplicate, and needs at most this long. */
const longestSend = 45_000;
const key = invoiceKeyOf(exampleOrder);

/**
 * Runs a few orders through the engine, the workflow and the use cases on in-memory stores. The seed decides how long each
 * call takes, whether it fails before or after its effect, and when the process crashes and starts again. After an hour
 * the faults cease, so that everything can end; what has failed by then is redriven.
 */
export async function simulate(seed: number, menu: Menu, defects: Defects = {}): Promise<Report> {
  const scheduler = new Scheduler(seed);
  const { random } = scheduler;
  const clock = () => scheduler.now();
  const trace: string[] = [];
  const violations: string[] = [];
  const calm = scheduler.now() + 3_600_000;
  const failure = random() ** 2 * 0.3;
  /** Half of the seeds send slowly, and crash while they do. */
  const isRough = random() < 0.5;
  const note = (what: string) => void trace.push(`${scheduler.now()} ${what}`);
  const kept: World = {
    executions: new MemoryExecutions(),
    orders: new MemoryOrderRepository(),
    invoices: new MemoryInvoiceStore(),
    log: new MemoryNotificationLog({ clock, leaseMilliseconds }),
  };
  const world: World = { ...kept, ...defects.world?.(kept, scheduler) };
  const sent: string[] = [];
  /** Messages that are on their way. */
  const inFlight = new Set<string>();
  /** Messages that were handed over, and this is not recorded yet; how often the process ended meanwhile, each time excuses a copy. */
  const unfinished = new Set<string>();
  const excused: string[] = [];
  let process = 0;
  const closed = new Set<number>();

  /** A port as this process sees it: slow, failing, and without effect once the process has died. */
  const through = <Port extends object>(name: string, port: Port, mine: number): Port =>
    new Proxy(port, {
      get:
        (target, property) =>
        async (...parameters: unknown[]) => {
          const fails = () => scheduler.now() < calm && random() < failure;
          const dead = () => mine !== process && new Promise<never>(() => undefined);
          const id = String((parameters[0] as { readonly orderid?: string })?.orderid ?? parameters[0]);
          const call = `${name}.${String(property)} ${id}`;
          // A message that is being sent cannot be called back, and may still be recorded.
          if (closed.has(mine) && property !== 'finish') violations.push(`${call} after close`);
          await scheduler.sleep(random() * 50);
          if (dead()) await dead();
          if (fails()) throw new Unavailable(`${call} was not made`);
          const method = Reflect.get(target, property) as (...parameters: unknown[]) => Promise<unknown>;
          const answer = await method.apply(target, parameters);
          note(call);
          if (property === 'finish') unfinished.delete(id);
          await scheduler.sleep(random() ** 8 * 40_000);
          if (dead()) await dead();
          if (!fails()) return answer;
          throw new Unavailable(`the answer to ${call} was lost`);
        },
    });

  /** A conflict that only a redrive gets over. */
  const conflicts = new Map<string, number>();
  const stricken = random() < 0.1 ? 'o0' : undefined;
  const conflicting = (orderid: string, mine: number): Promise<never> | undefined => {
    if (orderid !== stricken || scheduler.now() >= calm) return undefined;
    if (conflicts.get(orderid) === mine) violations.push(`${orderid} was retried after a conflict`);
    conflicts.set(orderid, mine);
    return Promise.reject(new Conflict('planted'));
  };

  const start = (): WorkflowEngine => {
    process += 1;
    const mine = process;
    const seen: World = {
      executions: through('executions', world.executions, mine),
      orders: through('orders', world.orders, mine),
      invoices: through('invoices', world.invoices, mine),
      log: through('log', world.log, mine),
    };
    const ports: World = { ...seen, ...defects.ports?.(seen) };
    const notifier: Notifier = {
      publish: async ({ id }) => {
        if (closed.has(mine)) violations.push(`publish ${id} after close`);
        if (inFlight.has(id)) violations.push(`two senders of ${id} at once`);
        inFlight.add(id);
        unfinished.add(id);
        if (random() < (isRough ? 0.7 : 0.1)) scheduler.after(random() * longestSend, crash);
        // Once handed over, it arrives whether the process lives or not.
        await scheduler.sleep((isRough ? random() : random() ** 3) * longestSend);
        inFlight.delete(id);
        sent.push(id);
        note(`sent ${id}`);
        await scheduler.sleep(random() * 1000);
        if (mine !== process) await new Promise(() => undefined);
      },
    };
    const sender = (defects.sender ?? ((post, log) => new OncePerOrder(post, log, { clock })))(notifier, ports.log);
    const [place, line, announce] = [
      new PlaceOrder(ports.orders, menu),
      new IssueInvoiceLine(ports.invoices),
      new AnnounceOrder(sender),
    ];
    const options: WorkflowEngineOptions = {
      executions: ports.executions,
      definition: defects.definition ?? shipped,
      functions: {
        PutItem: (event: never, options) => place.execute(event, options),
        PutObject: (event: PlacedOrder, options) => conflicting(event.orderid, mine) ?? line.execute(event, options),
        Notify: (event: PlacedOrder, options) => announce.execute(event, options),
      },
      time: scheduler,
      random,
      maxRunning: 1 + Math.floor(random() * 4),
    };
    const engine = defects.engine?.(options) ?? new WorkflowEngine(options);
    void engine.resume().catch(() => undefined);
    return engine;
  };

  let crashes = Math.floor(random() * 3);
  const report = { seed, crashes };
  let engine = start();
  const accepted: string[] = [];
  const caller = { kind: 'customer', accountid: exampleOrder.accountid } as const;
  const place = async (orderid: string) => {
    await scheduler.sleep(random() * 120_000);
    try {
      await engine.start(orderid, inputOf(JSON.stringify({ order: exampleOrder }), caller));
      accepted.push(orderid);
      note(`accepted ${orderid}`);
    } catch (error) {
      note(`refused ${orderid}: ${(error as Error).message}`);
    }
  };
  const ids = Array.from({ length: 4 }, (_, index) => `o${index}`);
  for (const orderid of ids) void place(orderid);
  /** The process dies, or is asked to stop; another one starts. */
  const crash = () => {
    if (crashes === 0) return;
    crashes -= 1;
    const [dying, mine] = [engine, process];
    const isAsked = random() < 0.3;
    note(isAsked ? 'stop' : 'crash');
    const begin = () => {
      if (isAsked) closed.add(mine);
      excused.push(...unfinished);
      engine = start();
      scheduler.after(random() ** 2 * 300_000, crash);
    };
    if (isAsked) void dying.stop(10_000).then(begin);
    else {
      begin();
      void dying.stop(0); // only lets go of what this simulation would keep
    }
  };
  scheduler.after(random() ** 2 * 300_000, crash);

  let steps = 0;
  const settled = async () => {
    if (scheduler.now() < calm) return false;
    const { executions } = await world.executions.page();
    for (const { orderid, status } of executions) {
      if (status === 'FAILED') await engine.redrive(orderid).catch(() => undefined);
    }
    return executions.every(({ status }) => status === 'SUCCEEDED');
  };
  let over = false;
  scheduler.after(calm - scheduler.now() + 1, function check() {
    void settled().then((done) => {
      over = done;
      if (!done) scheduler.after(60_000, check);
    });
  });
  while (!over && steps < 2_000 && (await scheduler.step())) steps += 1;
  void engine.stop(0).then(() => closed.add(process));
  for (let more = 0; more < 50 && (await scheduler.step()); more += 1) steps += 1;

  for (const orderid of accepted) {
    const status = (await kept.executions.get(orderid))?.status;
    if (status !== 'SUCCEEDED') violations.push(`${orderid} is ${status}`);
  }
  const { executions: all } = await kept.executions.page();
  const started = all.map(({ orderid }) => orderid);
  const [newest] = all.toSorted(
    (one, other) => other.startedAt - one.startedAt || (one.orderid < other.orderid ? 1 : -1),
  );
  const { accountid, vendorid } = exampleOrder;
  const stored = (await world.orders.get(accountid, vendorid))?.orderid;
  if (stored !== newest?.orderid) violations.push(`the order stored is ${stored}, the newest is ${newest?.orderid}`);
  const lines = (await world.invoices.get(key))?.lines.map(({ orderid }) => orderid) ?? [];
  if (lines.toSorted().join() !== started.toSorted().join()) violations.push(`the lines are ${lines}`);
  for (const orderid of started) {
    const [copies, most] = [sent, ['', ...excused]].map((ids) => ids.filter((id) => id === orderid).length) as [
      number,
      number,
    ];
    if (copies === 0 || copies > 1 + most) violations.push(`${copies} messages for ${orderid}`);
  }
  return { ...report, steps, violations, trace };
}
