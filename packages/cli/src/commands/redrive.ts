import { Command } from '@commander-js/extra-typings';
import { describeState } from '../executions/describe.ts';
import { openSession, withServerOptions } from '../session.ts';
import type { Surroundings } from '../surroundings.ts';
import { watch } from './status.ts';

/** `coffee redrive ORDERID`: runs a failed execution again from where it failed. */
export const redriveCommand = (surroundings: Surroundings) =>
  withServerOptions(
    new Command('redrive')
      .summary('redrive a failed execution')
      .description('Runs a failed execution again from the state that failed. Embedded servers only.')
      .argument('<orderid>', 'the order of the failed execution')
      .option('--wait', 'show what happens until the execution has ended; exits 1 if it failed again'),
  )
    .addHelpText('after', '\nExample:\n  $ coffee redrive my-order-1 --wait')
    .action(async (orderid, options) => {
      const session = openSession(surroundings, options);
      const { server, terminal } = session;
      const instead = 'redrive it in the Step Functions console, or with "aws stepfunctions redrive-execution"';
      await server.expectEmbedded('redrives', instead);
      const state = await server.api.redriveExecution(orderid);
      if (options.wait) await watch(session, orderid);
      else terminal.show(state, () => describeState(state, terminal));
    });
