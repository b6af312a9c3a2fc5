#!/usr/bin/env node
import { CommanderError } from '@commander-js/extra-typings';
import { exitCodes } from './exit-codes.ts';
import { reportFailure } from './failures/report-failure.ts';
import { createProgram } from './program.ts';

/** Runs a command line and answers the exit code. */
async function run(args: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync(args, { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    // Commander has told what it has to tell: help, the version, or what is wrong with the command line.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    return reportFailure(error, args.includes('--json'));
  }
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(exitCodes.brokenPipe); // nobody reads any more, as after "| head"
  });
}

const args = process.argv.slice(2);
process.exitCode = await run(args[0] === '--' ? args.slice(1) : args); // pnpm hands on the "--" of "pnpm coffee -- …"
