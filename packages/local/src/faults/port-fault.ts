import type { PortName } from './fault-targets.ts';

/**
 * How the calls of a method fail: before their effect, after it (the answer is lost), or late by so many milliseconds.
 * `times` counts the calls that still will.
 */
export interface PortFault {
  readonly port: PortName;
  readonly method: string;
  readonly kind: 'before' | 'after' | 'slow';
  /** Of `slow` only. */
  readonly milliseconds?: number;
  readonly times: number | 'always';
}
