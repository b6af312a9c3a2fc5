import type { ArrivedMail } from '@coffee/ports';
import { expect, it } from 'vitest';
import type { LiveEvent } from './live-events.ts';
import { LiveEvents } from './live-events.ts';

it('wants events from the first subscriber until the last one leaves, and asks for those of running executions once', () => {
  const live = new LiveEvents();
  let asked = 0;
  live.onFirst = () => {
    asked += 1;
  };
  const expectWanted = (wanted: boolean, times: number) =>
    expect([live.wanted, Number.isFinite(live.since), live.onMail !== undefined, asked]).toEqual([
      ...[wanted, wanted, wanted],
      times,
    ]);
  expectWanted(false, 0);
  const leave = [live.listen(() => undefined), live.listen(() => undefined)];
  expectWanted(true, 1);
  leave[0]?.();
  expectWanted(true, 1);
  leave[1]?.();
  expectWanted(false, 1);
  live.listen(() => undefined);
  expectWanted(true, 2);
});

it('passes events and messages on to every subscriber until it leaves', () => {
  const live = new LiveEvents();
  const first: LiveEvent[] = [];
  const second: LiveEvent[] = [];
  const leave = live.listen((event) => first.push(event));
  live.listen((event) => second.push(event));
  const mails = ['m1', 'm2'].map((id) => ({ id }) as ArrivedMail);
  for (const mail of mails) {
    live.onMail?.(mail);
    leave();
  }
  const told = mails.map((mail) => ({ kind: 'mail', mail }));
  expect([first, second]).toEqual([told.slice(0, 1), told]);
});
