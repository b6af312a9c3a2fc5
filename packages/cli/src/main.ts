#!/usr/bin/env node
import { setMaxListeners } from 'node:events';
import { defaultMenu } from '@coffee/domain';
import { exitCodes } from './failure.ts';
import { run } from './run.ts';

const interrupt = new AbortController();
setMaxListeners(0, interrupt.signal); // as many as there are requests in progress
process.on('SIGINT', () => {
  if (interrupt.signal.aborted) process.exit(exitCodes.interrupted); // the second does not wait
  interrupt.abort();
});

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(exitCodes.brokenPipe); // the reader is gone, as after "| head"
  });
}

const args = process.argv.slice(2);
// pnpm passes on the "--" of "pnpm coffee -- …".
process.exitCode = await run(args[0] === '--' ? args.slice(1) : args, {
  get stdin() {
    return process.stdin; // opened only by those who read it
  },
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: interrupt.signal,
  menu: defaultMenu,
});
