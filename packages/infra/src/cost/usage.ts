import { assumed } from './assumptions.ts';
import type { Amount, Fraction } from './fraction.ts';
import { excess, product, quotient, roundedUp, sum } from './fraction.ts';
import type { Deployed, FunctionName } from './function-time.ts';
import { gigabyteSeconds, milliseconds } from './function-time.ts';
import type { Definition } from './happy-path.ts';
import { happyPath, historyEvents, transitions } from './happy-path.ts';
import type { PriceName } from './prices.ts';
import type { StackFacts } from './read-stack.ts';
import { invoiceBytes, notificationItemBytes, orderItemBytes } from './typical-order.ts';

/** So many units of something that has a price, in a row of the table. */
export interface Usage {
  readonly row: string;
  readonly price: PriceName;
  readonly units: Fraction;
}

const gigabyte = 2 ** 30;
const orders = assumed('orders');

/** Units of each order. */
export const each = (row: string, price: PriceName, anOrder: Amount): Usage => ({
  row,
  price,
  units: product(orders, anOrder),
});

/** Units of a month, whatever the number of orders. */
export const monthly = (row: string, price: PriceName, units: Amount): Usage => ({ row, price, units: sum(units) });

/** What this project uses for a million orders in a month, by the template and the workflow. */
export function projectUsage(stack: StackFacts, definition: Definition, workflow: 'STANDARD' | 'EXPRESS'): Usage[] {
  const [statusReads, orderReads, links] = reads();
  const requests = sum(1, statusReads, orderReads, links);
  const calls = new Map<string, Fraction>([
    ['get-item', orderReads],
    ['get-object', links],
  ]);
  for (const { Type, Resource = '' } of happyPath(definition)) {
    if (Type === 'Task') calls.set(bundleOf(stack, Resource), sum(1));
  }
  const races = sum(1, assumed('lostRacesALine'));
  const itemUnits = roundedUp(quotient(orderItemBytes, 1024));
  const logGigabytes = product(orders, quotient(logBytes(stack, definition, requests, calls), gigabyte));

  return [
    each('API Gateway requests', 'apiGatewayRequest', requests),
    ...workflowUsage(stack, definition, workflow),
    each('Lambda requests', 'lambdaRequest', sum(...calls.values())),
    ...[...calls].map(([name, count]) => lambdaTime(name, stack, count)),
    each('DynamoDB write units', 'dynamodbWriteUnit', sum(itemUnits, 2)),
    each('DynamoDB read units', 'dynamodbReadUnit', product(orderReads, roundedUp(quotient(orderItemBytes, 4096)))),
    ...tableStorage(stack),
    each('S3 writes', 's3Put', races),
    each('S3 reads', 's3Get', sum(races, links, links)),
    ...bucketStorage(stack, sum(races, races, links, links)),
    each('SNS publishes', 'snsPublish', 1),
    each('E-mails', 'snsMail', stack.mailsAnOrder),
    monthly('KMS requests', 'kmsRequest', dataKeyRequests(stack.encryptedTopics)),
    monthly('Logs written, GB', 'logIngestion', logGigabytes),
    monthly('Logs kept, GB-months', 'logStorage', product(logGigabytes, quotient(stack.logDays, 30))),
    ...traces(stack, requests),
    each('Data out, GB', 'dataOut', quotient(outBytes(requests, links), gigabyte)),
    monthly('Alarm metrics', 'alarmMetric', stack.alarmMetrics),
    monthly('Dashboards', 'dashboard', stack.dashboards),
    monthly(
      'Own and detailed metrics',
      'customMetric',
      sum(product(stack.measuredMethods, assumed('metricsAMethod')), assumed('ownMetrics')),
    ),
    monthly('Keys', 'kmsKey', stack.keys),
  ];
}

/** GET /order/{orderid}, GET /order and GET /invoice, for each order. */
export function reads(): [statusReads: Fraction, orderReads: Fraction, links: Fraction] {
  return [assumed('statusReadsAnOrder'), assumed('orderReadsAnOrder'), assumed('invoiceLinksAnOrder')];
}

/** Bytes that leave for the internet, an order: the answers, and the invoices that links are followed to. */
export function outBytes(requests: Fraction, links: Fraction): Fraction {
  const invoice = invoiceBytes(Number(assumed('ordersAnAccount').numerator));
  return sum(product(requests, assumed('responseBytes')), product(links, invoice));
}

/** Bytes of a month's invoices: what is current, and the versions that each further line leaves behind. */
export function invoiceVersionBytes(lines: number): { readonly current: number; readonly past: number } {
  const sizes = Array.from({ length: lines }, (_, index) => invoiceBytes(index + 1));
  const current = sizes.at(-1) ?? 0;
  return { current, past: sizes.reduce((bytes, size) => bytes + size, 0) - current };
}

function workflowUsage(stack: StackFacts, definition: Definition, workflow: 'STANDARD' | 'EXPRESS'): Usage[] {
  const row = 'Step Functions transitions';
  if (workflow === 'STANDARD') return [each(row, 'stateTransition', transitions(definition))];
  const tasks = happyPath(definition).filter(({ Type }) => Type === 'Task');
  const busy = tasks.map(({ Resource = '' }) => {
    const name = bundleOf(stack, Resource);
    return sum(milliseconds(name as FunctionName, deployed(stack, name).memory), assumed('taskOverheadMilliseconds'));
  });
  const seconds = quotient(roundedUp(sum(...busy), 100), 1000);
  return [
    each(row, 'expressRequest', 1),
    each(row, 'expressGigabyteSecond', product(seconds, quotient(assumed('expressMegabytes'), 1024))),
  ];
}

/** The bundle behind a placeholder like `${NotifyFunctionArn}`. */
function bundleOf({ tasks }: StackFacts, resource: string): string {
  const bundle = tasks[resource.replace(/^\$\{(\w+)\}$/, '$1')];
  if (bundle === undefined) throw new Error(`the template has no function for ${resource}`);
  return bundle;
}

function deployed(stack: StackFacts, name: string): Deployed {
  const found = stack.functions[name];
  if (found === undefined) throw new Error(`the template has no function ${name}`);
  return found;
}

function lambdaTime(name: string, stack: StackFacts, calls: Fraction): Usage {
  const { memory, architecture } = deployed(stack, name);
  const price = architecture === 'arm64' ? 'lambdaGigabyteSecondArm64' : 'lambdaGigabyteSecondX86';
  return each('Lambda time, GB-s', price, gigabyteSeconds(name as FunctionName, memory, calls));
}

function tableStorage({ backup }: StackFacts): Usage[] {
  const items = quotient(product(orders, assumed('vendorsAnAccount')), assumed('ordersAnAccount'));
  const remembered = product(orders, quotient(assumed('notificationLogDays'), 30));
  const perItem = 100; // what DynamoDB adds to each item it keeps
  const bytes = sum(product(items, orderItemBytes + perItem), product(remembered, notificationItemBytes + perItem));
  const gigabytes = quotient(bytes, gigabyte);
  const row = 'DynamoDB storage, GB-months';
  return [monthly(row, 'dynamodbStorage', gigabytes), ...(backup ? [monthly(row, 'dynamodbBackup', gigabytes)] : [])];
}

function bucketStorage({ versionDays, bucketLogDays }: StackFacts, requests: Fraction): Usage[] {
  const lines = Number(assumed('ordersAnAccount').numerator);
  const { current, past } = invoiceVersionBytes(lines);
  const invoices = product(quotient(orders, lines), sum(current, product(past, quotient(versionDays, 30))));
  const log = product(orders, requests, assumed('bucketLogBytes'), quotient(bucketLogDays, 30));
  return [monthly('S3 storage, GB-months', 's3Storage', quotient(sum(invoices, log), gigabyte))];
}

function dataKeyRequests(topics: number): Fraction {
  return product(topics, 2, quotient(assumed('monthSeconds'), assumed('dataKeySeconds')));
}

function logBytes(
  stack: StackFacts,
  definition: Definition,
  requests: Fraction,
  calls: Map<string, Fraction>,
): Fraction {
  const overhead = assumed('logEventOverheadBytes');
  const aCall = sum(
    assumed('functionLogBytes'),
    assumed('platformLogBytes'),
    product(assumed('functionLogEvents'), overhead),
  );
  const variables = stack.accessLogFormat.match(/\$context[\w.]*/g) ?? [];
  const text = stack.accessLogFormat.replace(/\$context[\w.]*/g, '').length;
  const aRequest = sum(text, product(variables.length, assumed('accessLogVariableBytes')), overhead);
  const events = stack.logsEvents ? historyEvents(definition) : 0;
  return sum(
    product(sum(...calls.values()), aCall),
    product(requests, aRequest),
    product(events, sum(assumed('workflowEventBytes'), overhead)),
  );
}

/** Of what comes evenly in the open hours, X-Ray records the first of each second and a share of what is beyond. */
function traces({ tracesAnOrder }: StackFacts, requests: Fraction): Usage[] {
  if (tracesAnOrder === 0) return [];
  const first = product(assumed('openSeconds'), assumed('tracesASecond'));
  const sampled = (count: Fraction) => {
    const beyond = excess(count, first);
    return sum(excess(count, beyond), product(beyond, assumed('tracesBeyond')));
  };
  const recorded = [sampled(product(orders, requests)), ...(tracesAnOrder > 1 ? [sampled(orders)] : [])];
  return [monthly('X-Ray traces', 'xrayTrace', sum(...recorded))];
}
