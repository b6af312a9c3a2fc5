import list from './assumptions.json' with { type: 'json' };
import times from './function-times.json' with { type: 'json' };
import prices from './prices.json' with { type: 'json' };
import type { StackFacts } from './read-stack.ts';

/** What a row of the table counts; a row has several where it has several prices. */
export interface Usage {
  readonly row: string;
  /** What a unit costs, in the currency of `prices.json`. */
  readonly price: number;
  /** Units a month, by column: this project, the same with an Express workflow, the example. */
  readonly units: readonly [standard: number, express: number, example: number];
}

/** A state machine in the Amazon States Language, as far as it is counted. */
export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Next?: string;
}

/** The functions whose times are known, those of the example too. */
export type FunctionName = Exclude<keyof typeof times, 'measured' | 'estimated'>;
type Calls = readonly (readonly [name: FunctionName, anOrder: number])[];

/** What neither the template nor the workflow says, by its name in `assumptions.json`, which gives the reasons. */
export const assumed = Object.fromEntries(Object.entries(list).map(([name, { value }]) => [name, value])) as Readonly<
  Record<keyof typeof list, number>
>;

const gigabytes = (bytes: number): number => bytes / 2 ** 30;
const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);

/**
 * What a month's orders use, by the template and the workflow, and what the example that this project grew from uses for
 * as many orders and reads. The example has functions in Python on x86_64, one write and one PUT an order, an email by the
 * workflow's own SNS Publish, and only the logs that Lambda writes by itself. It has no status to read, no alarms, traces
 * or key, and each order overwrites the account's invoice of the month.
 */
export function usageOf(
  stack: StackFacts,
  definition: Definition,
  { statusReads = assumed.statusReadsAnOrder }: { readonly statusReads?: number } = {},
): Usage[] {
  const { orders, orderReadsAnOrder: reads, invoiceLinksAnOrder: links } = assumed;
  /** A row in units an order. */
  const each = (row: string, price: keyof typeof prices.prices, ours: number, example = 0, express = ours): Usage => {
    const { amount, per } = prices.prices[price];
    return { row, price: Number(amount) / per, units: [ours * orders, express * orders, example * orders] };
  };
  /** A row in units a month, whatever the number of orders. */
  const monthly: typeof each = (row, price, ours) => each(row, price, ours / orders);

  const path = happyPath(definition);
  const tasks = path
    .filter(({ Type }) => Type === 'Task')
    .map(({ Resource = '' }) => Resource.replace(/^\$\{(\w+)FunctionArn\}$/, '$1') as FunctionName);
  /** An order's requests come within the minutes that the API keeps who is calling; a link is asked for another day. */
  const authorized = 'Authorize' in stack.functions ? ([['Authorize', 1 + links]] as const) : [];
  const queries = [['GetItem', reads], ['GetObject', links], ...authorized] as const;
  const calls: Calls = [...tasks.map((task) => [task, 1] as const), ...queries];
  const exampleCalls: Calls = [
    ['ExamplePutItem', 1],
    ['ExamplePutObject', 1],
    ['ExampleGetItem', reads],
    ['ExampleGetObject', links],
  ];
  const countOf = (all: Calls) => sum(all.map(([, count]) => count));
  const [called, exampleCalled] = [countOf(calls), countOf(exampleCalls)];
  const exampleRequests = 1 + reads + links;
  const requests = exampleRequests + statusReads;
  const deployed = (name: FunctionName) => {
    const found = stack.functions[name];
    if (found === undefined) throw new Error(`the template has no function ${name}`);
    return found;
  };
  /** GB-seconds an order, by the memory of each function. */
  const gigabyteSeconds = (all: Calls, memoryOf: (name: FunctionName) => number) =>
    sum(all.map(([name, count]) => (count * milliseconds(name, memoryOf(name)) * memoryOf(name)) / 1000 / 1024));
  const lambdaTime = (arm64: boolean) => {
    const those = calls.filter(([name]) => deployed(name).arm64 === arm64);
    return gigabyteSeconds(those, (name) => deployed(name).memory);
  };
  const exampleTime = gigabyteSeconds(exampleCalls, () => assumed.exampleMemory);
  const busy = tasks.map((task) => milliseconds(task, deployed(task).memory) + assumed.taskOverheadMilliseconds);
  const expressTime = (Math.ceil(sum(busy) / 100) / 10) * (assumed.expressMegabytes / 1024);
  const logged = gigabytes(bytesLogged(stack, path, requests, called));
  const exampleLogged = gigabytes(exampleCalled * assumed.exampleLogBytes);
  const tables =
    (assumed.orderItemBytes + assumed.itemOverheadBytes) * (assumed.vendorsAnAccount / assumed.ordersAnAccount) +
    (assumed.notificationItemBytes + assumed.itemOverheadBytes) * (assumed.notificationLogDays / 30);
  const readUnits = Math.ceil(assumed.orderItemBytes / 4096);
  // A line is an object, read once by the link after it. For a link the lines are listed, and the invoice is read, written
  // and followed.
  const [s3Writes, s3Reads] = [1 + 2 * links, 1 + 2 * links];
  const { ordersAnAccount } = assumed;
  const buckets =
    assumed.invoiceLineBytes +
    invoiceBytesKept(ordersAnAccount, links * ordersAnAccount, stack.versionDays) / ordersAnAccount +
    (s3Writes + s3Reads) * assumed.bucketLogBytes * (stack.bucketLogDays / 30);
  const out = requests * assumed.responseBytes + links * invoiceBytes(assumed.ordersAnAccount);
  const traced = sum(
    [requests, 1].slice(0, stack.tracesAnOrder).map((count) => tracesRecorded(count * orders, stack.sampling)),
  );
  const dataKeys = (stack.encrypts ? 1 : 0) * assumed.dataKeyRequests * (assumed.monthSeconds / assumed.dataKeySeconds);
  const metrics = stack.measuredMethods * assumed.metricsAMethod;

  return [
    each('API Gateway requests', 'apiGatewayRequest', requests, exampleRequests),
    each('Step Functions transitions', 'stateTransition', 1 + path.length, assumed.exampleTransitions, 0),
    each('Step Functions transitions', 'expressRequest', 0, 0, 1),
    each('Step Functions transitions', 'expressGigabyteSecond', 0, 0, expressTime),
    each('Lambda requests', 'lambdaRequest', called, exampleCalled),
    each('Lambda time, GB-s', 'lambdaGigabyteSecondArm64', lambdaTime(true)),
    each('Lambda time, GB-s', 'lambdaGigabyteSecondX86', lambdaTime(false), exampleTime),
    each('DynamoDB write units', 'dynamodbWriteUnit', Math.ceil(assumed.orderItemBytes / 1024) + 2, 1),
    each('DynamoDB read units', 'dynamodbReadUnit', reads * readUnits, reads * assumed.exampleReadUnits),
    each('DynamoDB storage, GB-months', 'dynamodbStorage', gigabytes(tables)),
    each('DynamoDB storage, GB-months', 'dynamodbBackup', stack.backup ? gigabytes(tables) : 0),
    each('S3 writes and lists', 's3Put', s3Writes, 1),
    each('S3 reads', 's3Get', s3Reads, links),
    each('S3 storage, GB-months', 's3Storage', gigabytes(buckets)),
    each('SNS publishes', 'snsPublish', 1, 1),
    each('E-mails', 'snsMail', stack.mailsAnOrder, 1),
    monthly('KMS requests', 'kmsRequest', dataKeys),
    each('Logs written, GB', 'logIngestion', logged, exampleLogged),
    each('Logs kept, GB-months', 'logStorage', logged * (stack.logDays / 30), exampleLogged),
    monthly('X-Ray traces', 'xrayTrace', traced),
    each('Data out, GB', 'dataOut', gigabytes(out), gigabytes(exampleRequests * assumed.responseBytes)),
    monthly('Alarm metrics', 'alarmMetric', stack.alarmMetrics),
    monthly('Dashboards', 'dashboard', stack.dashboards),
    monthly('Metrics by method', 'customMetric', metrics),
    monthly('Keys', 'kmsKey', stack.keys),
  ];
}

/**
 * The states that an execution enters, in their order, when nothing fails.
 *
 * @throws Error for a state that may branch (Choice, Parallel, Map), and for a loop.
 */
export function happyPath({ StartAt, States }: Definition): (State & { readonly name: string })[] {
  const path: (State & { readonly name: string })[] = [];
  for (let name: string | undefined = StartAt; name !== undefined; name = path.at(-1)?.Next) {
    const state = States[name];
    if (state === undefined) throw new Error(`there is no state ${JSON.stringify(name)}`);
    if (!['Task', 'Pass', 'Wait', 'Succeed', 'Fail'].includes(state.Type)) {
      throw new Error(`the way through ${name}, a ${state.Type}, cannot be counted`);
    }
    if (path.some((entered) => entered.name === name)) throw new Error(`${name} is entered twice`);
    path.push({ ...state, name });
  }
  return path;
}

/**
 * Billed milliseconds of a call: its CPU time, stretched when the memory buys less than one vCPU, and its waiting, rounded
 * up; plus its share of a cold start.
 */
export function milliseconds(name: FunctionName, memory: number): number {
  const { cpu, wait } = times[name];
  const share = (megabytes: number) => Math.max(1, assumed.vcpuMegabytes / megabytes);
  const busy = (cpu + assumed.runtimeCpuMilliseconds) * share(memory);
  // A start is processor time too. The times of starts are those of 512 MB, and of 128 MB for the example.
  const init = name.startsWith('Example')
    ? assumed.pythonInitMilliseconds
    : (assumed.nodeInitMilliseconds * share(memory)) / share(512);
  return Math.ceil(busy + wait) + assumed.coldStartShare * init;
}

/** Bytes of an invoice with this many typical lines. */
export function invoiceBytes(lines: number): number {
  return assumed.invoiceHeadBytes + lines * assumed.invoiceLineBytes;
}

/**
 * Bytes of an invoice of the month in its current version, and in the past ones that each link with new lines leaves behind.
 * The lines come evenly between the links.
 */
export function invoiceBytesKept(lines: number, links: number, versionDays: number): number {
  const past = Array.from({ length: Math.ceil(links) - 1 }, (_, index) => invoiceBytes((lines * (index + 1)) / links));
  return invoiceBytes(lines) + sum(past) * (versionDays / 30);
}

/** Bytes of log, an order: of the functions, the API and the workflow. */
function bytesLogged(stack: StackFacts, path: readonly State[], requests: number, calls: number): number {
  const overhead = assumed.logEventOverheadBytes;
  const platform = stack.logsCalls ? assumed.platformLogBytes + 2 * overhead : 0;
  const aCall = assumed.functionLogBytes + overhead + platform;
  const variable = /\$context[\w.]*/g;
  const variables = stack.accessLogFormat.match(variable) ?? [];
  const fixed = stack.accessLogFormat.replace(variable, '');
  const aRequest = fixed.length + variables.length * assumed.accessLogVariableBytes + overhead;
  // Start and end of the execution, entry and exit of each state; a task adds scheduled, started and succeeded.
  const events = stack.logsEvents ? sum(path.map(({ Type }) => (Type === 'Task' ? 5 : 2))) + 2 : 0;
  return calls * aCall + requests * aRequest + events * (assumed.workflowEventBytes + overhead);
}

/** X-Ray records the first requests of each open second, and a share of the rest. */
function tracesRecorded(count: number, sampling: StackFacts['sampling']): number {
  const { rate, aSecond } = sampling ?? { rate: assumed.tracesBeyond, aSecond: assumed.tracesASecond };
  const first = Math.min(count, assumed.openSeconds * aSecond);
  return first + (count - first) * rate;
}
