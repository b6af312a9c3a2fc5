import type { HistoryEvent } from '../client/answers.ts';
import { localTime } from '../terminal/local-time.ts';
import { plain } from '../terminal/plain.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { describeError } from './describe-error.ts';

function describe(event: HistoryEvent, terminal: Terminal): string {
  const state = plain(event.state ?? '');
  switch (event.type) {
    case 'ExecutionStarted':
      return 'the execution starts';
    case 'ExecutionRedriven':
      return 'the execution is redriven';
    case 'ExecutionSucceeded':
      return terminal.style('green', 'the execution has succeeded');
    case 'ExecutionFailed':
    case 'ExecutionTimedOut':
    case 'ExecutionAborted':
    case 'ExecutionTerminated':
      return terminal.style('red', 'the execution has failed');
    case 'StateEntered':
      return `${terminal.style('cyan', '→')} ${state}`;
    case 'StateExited':
      return `${terminal.style('green', '✔')} ${state}`;
    case 'StateRetried':
      return `${terminal.style('yellow', '↻')} ${state}, retry ${event.attempt ?? ''}`.trimEnd();
    case 'StateFailed':
      return `${terminal.style('red', '✘')} ${state}  ${describeError(event) ?? ''}`.trimEnd();
    case 'StateCaught':
      return `${terminal.style('yellow', '↷')} ${state}, its error is caught`;
    default:
      return `${plain(event.type)} ${state}`.trimEnd();
  }
}

/** One event of an execution in one line: when, a sign, and what. */
export function describeEvent(event: HistoryEvent, terminal: Terminal): string {
  return `${terminal.style('dim', localTime(new Date(event.timestamp)))}  ${describe(event, terminal)}`;
}
