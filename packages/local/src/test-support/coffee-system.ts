import type { Execution } from '@coffee/api';
import type { Order } from '@coffee/domain';
import { expect, vi } from 'vitest';
import type { LocalOptions, LocalSystem } from '../start-local.ts';
import { startLocal } from '../start-local.ts';
import { orderOf } from './order-of.ts';

/** A system for a test, and the calls that tests make. */
export class CoffeeSystem {
  readonly url: string;
  readonly #system: LocalSystem;

  private constructor(system: LocalSystem) {
    this.#system = system;
    this.url = system.url;
  }

  static async start(options: LocalOptions = {}): Promise<CoffeeSystem> {
    return new CoffeeSystem(await startLocal({ retryMilliseconds: 0, ...options }));
  }

  close(): Promise<void> {
    return this.#system.close();
  }

  fetch(path: string, init?: RequestInit): Promise<Response> {
    return fetch(`${this.url}${path}`, init);
  }

  async get<T>(path: string): Promise<T> {
    const response = await this.fetch(path);
    expect(response.status, path).toBe(200);
    return (await response.json()) as T;
  }

  send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const json = { 'content-type': 'application/json', ...headers };
    return this.fetch(path, { method, headers: json, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  }

  /** Places an order and answers its id. */
  async place(order: Order = orderOf('a1', 'v1')): Promise<string> {
    const response = await this.send('POST', '/prod/order', { order });
    expect(response.status).toBe(202);
    return ((await response.json()) as { orderid: string }).orderid;
  }

  /** The execution once it has ended. */
  async ended(orderid: string): Promise<Execution> {
    const look = async () => {
      const execution = await this.get<Execution>(`/executions/${orderid}`);
      expect(execution.status).not.toBe('RUNNING');
      return execution;
    };
    return vi.waitFor(look, { timeout: 20_000, interval: 10 });
  }
}
