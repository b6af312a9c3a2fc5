import { assumed } from './assumptions.ts';
import { product, quotient, sum } from './fraction.ts';
import type { FunctionName } from './function-time.ts';
import { gigabyteSeconds } from './function-time.ts';
import type { Usage } from './usage.ts';
import { each, monthly, outBytes, reads } from './usage.ts';

/**
 * What the example that this project grew from uses for as many orders and reads: functions in Python on x86_64, one
 * write and one PUT an order, a mail by the workflow's own SNS Publish. It has no status to read, no alarms, no traces, no
 * key, and the logs that Lambda writes by itself. Each order of an account and month overwrites the invoice of the last.
 */
export function exampleUsage(): Usage[] {
  const [, orderReads, links] = reads();
  const requests = sum(1, orderReads, links);
  const memory = Number(assumed('exampleMemory').numerator);
  const calls: [FunctionName, ReturnType<typeof sum>][] = [
    ['example-put-item', sum(1)],
    ['example-put-object', sum(1)],
    ['example-get-item', orderReads],
    ['example-get-object', links],
  ];
  const all = sum(...calls.map(([, count]) => count));
  const logGigabytes = product(assumed('orders'), all, quotient(assumed('exampleLogBytes'), 2 ** 30));
  return [
    each('API Gateway requests', 'apiGatewayRequest', requests),
    each('Step Functions transitions', 'stateTransition', assumed('exampleTransitions')),
    each('Lambda requests', 'lambdaRequest', all),
    ...calls.map(([name, count]) =>
      each('Lambda time, GB-s', 'lambdaGigabyteSecondX86', gigabyteSeconds(name, memory, count)),
    ),
    each('DynamoDB write units', 'dynamodbWriteUnit', 1),
    each('DynamoDB read units', 'dynamodbReadUnit', product(orderReads, assumed('exampleReadUnits'))),
    each('S3 writes', 's3Put', 1),
    each('S3 reads', 's3Get', links),
    each('SNS publishes', 'snsPublish', 1),
    each('E-mails', 'snsMail', 1),
    monthly('Logs written, GB', 'logIngestion', logGigabytes),
    monthly('Logs kept, GB-months', 'logStorage', logGigabytes),
    each('Data out, GB', 'dataOut', quotient(outBytes(requests, sum(0)), 2 ** 30)),
  ];
}
