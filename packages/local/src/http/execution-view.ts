import type { Execution, HistoryEvent } from '@coffee/ports';

/** Seconds since 1970 UTC with milliseconds, as the Step Functions API writes its dates. */
export const toSeconds = (milliseconds: number): number => milliseconds / 1000;

/** The name that Step Functions would give the execution. */
export const executionArn = (orderid: string): string =>
  `arn:aws:states:local:000000000000:execution:order-workflow:${orderid}`;

/** The state of an execution, as `GET /order/{orderid}` answers it. */
export function executionView(execution: Execution) {
  const { orderid, status, startedAt, stoppedAt, error, cause } = execution;
  return {
    orderid,
    status,
    startDate: toSeconds(startedAt),
    ...(stoppedAt === undefined ? {} : { stopDate: toSeconds(stoppedAt) }),
    ...(error === undefined ? {} : { error, cause }),
  };
}

/** The event at this place of a history: its id counts from 1. */
export function eventView({ timestamp, ...event }: HistoryEvent, index: number) {
  return { id: index + 1, timestamp: new Date(timestamp).toISOString(), ...event };
}

/** An execution with its input and every event. */
export function executionWithHistory(execution: Execution) {
  return {
    ...executionView(execution),
    executionArn: executionArn(execution.orderid),
    input: JSON.parse(execution.input) as unknown,
    history: execution.history.map(eventView),
  };
}
