import type { Execution, Executions, ParkedExecution } from '@coffee/ports';
import type { Time } from './tasks.ts';

/** What the queue asks of the engine. */
export interface ExecutionQueueOptions {
  readonly executions: Executions;
  readonly time: Time;
  /** How many more executions the engine takes into memory. */
  readonly room: () => number;
  /** The states that take no more executions now. */
  readonly fullStates: () => readonly string[];
  /** Whether the engine runs this execution. */
  readonly runs: (orderid: string) => boolean;
  /** The order ids that the engine runs or is starting. */
  readonly claimed: () => readonly string[];
  readonly launch: (execution: Execution) => void;
  /** Tries a call of the store until it succeeds; `undefined` once the engine has been stopped. */
  readonly untilDone: <T>(call: () => Promise<T>) => Promise<T | undefined>;
}

/** The executions that wait in the store: claims them when they are due and there is room, the longest due first. */
export class ExecutionQueue {
  readonly #options: ExecutionQueueOptions;
  /** Executions that wait for the store to have parked them: another claim may hold them already. */
  readonly #parking = new Set<string>();
  readonly #claimedTwice = new Set<string>();
  /** Executions whose parking was under way at some time since the last claim was sent. */
  #parkedMeanwhile = new Set<string>();
  /** Whether executions may wait that could run now. */
  waiting = true;
  #again = false;
  #claiming = false;
  /** How often executions may have been claimed that do not run, and how many of these times have been recovered. */
  #losses = 1; // the process that had claimed some has ended
  #recovered = 0;
  #alarm: { readonly at: number; readonly cancel: () => void } | undefined;
  #stopped = false;

  constructor(options: ExecutionQueueOptions) {
    this.#options = options;
  }

  /** Claims what is due while there is room for it. One claim at a time. */
  claimDue(): void {
    this.waiting = true;
    this.#again = true;
    if (!this.#claiming) void this.#claimAll();
  }

  /** An execution may be claimed that does not run: the answer was lost. */
  lose(): void {
    this.#losses += 1;
    this.claimDue();
  }

  /** Parks an execution that the engine still counts as running. */
  async park(execution: Execution, parked: ParkedExecution): Promise<void> {
    this.#parking.add(execution.orderid);
    if (this.#claiming) this.#parkedMeanwhile.add(execution.orderid);
    await this.#options.untilDone(() => this.#options.executions.park(execution, parked));
    this.#parking.delete(execution.orderid);
    this.#wakeAt(parked.dueAt);
  }

  /** The engine no longer runs this execution; need not be told while nothing is waiting. */
  left(orderid: string): void {
    if (this.#claimedTwice.delete(orderid)) this.#losses += 1;
    this.claimDue();
  }

  /** Claims nothing any more. */
  stop(): void {
    this.#stopped = true;
    this.#alarm?.cancel();
  }

  async #claimAll(): Promise<void> {
    const { executions, time, runs, launch } = this.#options;
    this.#claiming = true;
    while (this.#again && this.#options.room() > 0 && !this.#stopped) {
      this.#again = false;
      const except = this.#options.fullStates();
      const limit = Math.min(this.#options.room(), 64);
      this.#parkedMeanwhile = new Set(this.#parking);
      const claimed = await this.#options.untilDone(async () => {
        const losses = this.#losses;
        if (losses > this.#recovered) {
          const known = this.#options.claimed().filter((orderid) => !this.#parking.has(orderid));
          await executions.recover(known, time.now());
          this.#recovered = losses;
        }
        this.#losses += 1; // until the answer has come
        const answer = await executions.claim({ at: time.now(), limit, except });
        this.#losses -= 1;
        return answer;
      });
      if (claimed === undefined || this.#stopped) break; // what was claimed is recovered at the next start
      for (const execution of claimed.executions) {
        // One whose parking has not been answered yet is left to it, and recovered afterwards.
        if (runs(execution.orderid)) this.#claimedTwice.add(execution.orderid);
        else if (this.#parkedMeanwhile.has(execution.orderid)) {
          // It may have been claimed, then parked once more: it could be claimed again while it ran.
          this.#losses += 1;
          this.#again = true;
        } else launch(execution);
      }
      if (claimed.executions.length === limit) this.#again = true;
      else if (claimed.next !== undefined) this.#wakeAt(claimed.next);
      this.waiting = this.#again || except.length > 0 || this.#claimedTwice.size > 0;
    }
    this.#claiming = false;
  }

  #wakeAt(at: number): void {
    if (this.#stopped || (this.#alarm !== undefined && this.#alarm.at <= at)) return;
    this.#alarm?.cancel();
    const cancel = this.#options.time.after(Math.max(0, at - this.#options.time.now()), () => {
      this.#alarm = undefined;
      this.claimDue();
    });
    this.#alarm = { at, cancel };
  }
}
