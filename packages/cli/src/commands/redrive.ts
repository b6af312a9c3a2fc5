import { Command } from '@commander-js/extra-typings';
import { describeState } from '../executions/describe-state.ts';
import { NotServed } from '../failures/not-served.ts';
import { jsonOption, openSession, retryOption, urlOption } from '../session.ts';
import { interruptible } from '../terminal/interruptible.ts';
import { watch } from './status.ts';

/** `coffee redrive ORDERID`: sets a failed execution going again. */
export const redriveCommand = () =>
  new Command('redrive')
    .summary('set a failed execution going again')
    .description('Sets a failed execution going again at the state that failed. Embedded servers only.')
    .argument('<orderid>', 'the order of the failed execution')
    .option('--wait', 'show what happens until the execution has ended; exits 1 if it failed again')
    .addOption(jsonOption())
    .addOption(urlOption())
    .addOption(retryOption())
    .addHelpText('after', '\nExample:\n  $ coffee redrive my-order-1 --wait')
    .action(async (orderid, options) => {
      const { server, terminal } = openSession(options);
      if (!(await server.embedded())) {
        const instead = 'redrive it in the Step Functions console, or by "aws stepfunctions redrive-execution"';
        throw new NotServed('redrives', server.origin, instead);
      }
      const state = await server.redrive(orderid);
      if (options.wait) await interruptible((signal) => watch({ server, terminal }, orderid, signal));
      else terminal.show(state, () => describeState(state, terminal));
    });
