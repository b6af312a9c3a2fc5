import { MemoryNotificationLog } from '@coffee/adapter-memory';
import type { InvoiceLine, PlacedOrder } from '@coffee/domain';
import { defaultMenu } from '@coffee/domain';
import { orderWorkflow } from '@coffee/workflow';
import { expect, it } from 'vitest';
import { Definition } from '../engine/definition.ts';
import { WorkflowEngine } from '../engine/workflow-engine.ts';
import type { Defects } from './simulate.ts';
import { simulate } from './simulate.ts';

it('keeps every promise, whatever fails and whenever it crashes: ten seconds of seeds', async () => {
  const seconds = process.env.STRYKER_MUTATOR_WORKER === undefined ? 10 : 0; // a mutant is found sooner, or not at all
  const until = performance.now() + 1000 * seconds;
  for (let seed = 1; seed <= 200 || performance.now() < until; seed += 1) {
    const { violations } = await simulate(seed, defaultMenu);
    expect(violations, `seed ${seed}`).toEqual([]);
  }
}, 120_000);

it('does the same for the same seed', async () => {
  for (const seed of [1, 2, 3]) expect(await simulate(seed, defaultMenu)).toEqual(await simulate(seed, defaultMenu));
});

const conflictsRetried = Definition.of(
  JSON.parse(JSON.stringify(orderWorkflow).replaceAll('"Unavailable"', '"Unavailable","Conflict"')),
);

const planted: Readonly<Record<string, Defects>> = {
  'finish before publish': {
    sender: (notifier, log) => ({
      async publish(notification, options) {
        if ((await log.begin(notification.id, options)) === 'done') return;
        await log.finish(notification.id, options);
        await notifier.publish(notification, options);
      },
    }),
  },
  'a lease that is never checked': {
    world: ({ log }) => ({
      log: {
        begin: async (orderid) => ((await log.begin(orderid)) === 'done' ? 'done' : 'granted'),
        finish: log.finish.bind(log),
        release: log.release.bind(log),
      },
    }),
  },
  'a lease that never ends': {
    world: (_, scheduler) => ({
      log: new MemoryNotificationLog({ clock: () => scheduler.now(), leaseMilliseconds: Number.POSITIVE_INFINITY }),
    }),
  },
  'a lease shorter than the longest send': {
    world: (_, scheduler) => ({
      log: new MemoryNotificationLog({ clock: () => scheduler.now(), leaseMilliseconds: 5000 }),
    }),
  },
  'an end that is not tried again': {
    ports: ({ executions }) => ({
      executions: replaced(executions, {
        end: (...parameters) => executions.end(...parameters).catch(() => undefined),
      }),
    }),
  },
  'a resume that skips what was claimed': {
    ports: ({ executions }) => ({ executions: replaced(executions, { recover: async () => 0 }) }),
  },
  'a retry after a conflict': { definition: conflictsRetried },
  'the last write winning over the newest order': {
    world: ({ orders }) => {
      let last: PlacedOrder | undefined;
      return {
        orders: replaced(orders, {
          put: async (placed) => {
            last = placed;
            return 'stored';
          },
          get: async () => last,
        }),
      };
    },
  },
  'a line added twice when its answer is lost': {
    world: ({ invoices }) => {
      const lines: InvoiceLine[] = [];
      return {
        invoices: replaced(invoices, {
          add: async (line) => {
            lines.push(line);
            return invoices.add(line);
          },
          get: async (key) => {
            const invoice = await invoices.get(key);
            return invoice === undefined ? undefined : { ...invoice, lines };
          },
        }),
      };
    },
  },
  'an effect after close': {
    engine: (options) => {
      const engine = new WorkflowEngine(options);
      return replaced(engine, { stop: async () => undefined });
    },
  },
};

/** The same object with some of its methods replaced. */
function replaced<T extends object>(target: T, methods: Partial<T>): T {
  return new Proxy(target, {
    get(_, property) {
      if (Object.hasOwn(methods, property)) return Reflect.get(methods, property);
      const member: unknown = Reflect.get(target, property, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

it.each(Object.entries(planted))(
  'finds %s',
  async (_, defects) => {
    for (let seed = 1; seed <= 3000; seed += 1) {
      const { violations } = await simulate(seed, defaultMenu, defects);
      if (violations.length > 0) return;
    }
    expect.unreachable('3,000 seeds found nothing');
  },
  120_000,
);
