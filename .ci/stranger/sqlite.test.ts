import { SqliteDatabase, SqliteNotificationLog, SqliteOrderRepository } from '@coffee/adapter-sqlite';
import { runner, timers } from './runner.ts';
import { placed } from './sample.ts';

const { describe, it, expect } = runner;

describe('SQLite under fake timers', () => {
  it('opens, answers, moves with the clock, and closes', async () => {
    timers.useFakeTimers({ now: Date.UTC(2026, 10, 24) });
    const database = await SqliteDatabase.open(':memory:');
    const orders = new SqliteOrderRepository(database);
    expect(await orders.put(placed)).toBe('stored');
    expect(await orders.get('a0', 'v0')).toEqual(placed);
    const log = new SqliteNotificationLog(database);
    expect(await log.begin('o')).toBe('granted');
    expect(await log.begin('o')).toBe('busy');
    timers.advanceTimersByTime(61_000);
    expect(await log.begin('o')).toBe('granted');
    await database.close();
    timers.useRealTimers();
  });
});
