import type { Deployed } from './function-time.ts';
import type { Template } from './template.ts';
import { at, listAt, numberAt, textAt } from './template.ts';

/** What costs something in the stack. */
export interface StackFacts {
  /** By the names of their bundles. */
  readonly functions: Readonly<Record<string, Deployed>>;
  /** The bundle of each placeholder of the workflow, like `PutItemFunctionArn`. */
  readonly tasks: Readonly<Record<string, string>>;
  readonly mailsAnOrder: number;
  readonly encryptedTopics: number;
  readonly keys: number;
  readonly alarmMetrics: number;
  readonly dashboards: number;
  /** Methods with metrics of their own, without OPTIONS. */
  readonly measuredMethods: number;
  readonly accessLogFormat: string;
  readonly logDays: number;
  /** Whether every event of an execution is a line of the workflow's log. */
  readonly logsEvents: boolean;
  /** How many traces an order leaves when all is sampled: one, or two where the API does not hand its own on. */
  readonly tracesAnOrder: number;
  readonly versionDays: number;
  readonly bucketLogDays: number;
  readonly backup: boolean;
}

/** Reads the template of a stage. What is not there as expected is an error, not a 0. */
export function readStack({ Resources }: Template): StackFacts {
  const all = (type: string): unknown[] =>
    Object.values(Resources)
      .filter(({ Type }) => Type === type)
      .map(({ Properties }) => Properties);
  const stage = only(all('AWS::ApiGateway::Stage'), 'stages of the API');
  const machine = only(all('AWS::StepFunctions::StateMachine'), 'state machines');
  const methods = all('AWS::ApiGateway::Method').filter((method) => at(method, 'HttpMethod') !== 'OPTIONS');
  const buckets = (versions: boolean) =>
    all('AWS::S3::Bucket').filter((bucket) => (at(bucket, 'VersioningConfiguration') !== undefined) === versions);
  const functions = functionsOf(Resources);

  const topic = at(functions.get('notify'), 'Environment', 'Variables', 'NOTIFICATIONS_TOPIC_ARN', 'Ref');
  const apiTraced = at(stage, 'TracingEnabled') === true;
  const executionTraced = at(machine, 'TracingConfiguration', 'Enabled') === true;
  const handedOn = apiTraced && methods.some((method) => JSON.stringify(method).includes('traceHeader'));
  return {
    functions: Object.fromEntries(
      [...functions].map(([bundle, properties]) => [
        bundle,
        { memory: numberAt(properties, 'MemorySize'), architecture: textAt(properties, 'Architectures', 0) },
      ]),
    ),
    tasks: tasksOf(machine),
    mailsAnOrder: all('AWS::SNS::Subscription').filter(
      (subscription) => at(subscription, 'Protocol') === 'email' && at(subscription, 'TopicArn', 'Ref') === topic,
    ).length,
    encryptedTopics: all('AWS::SNS::Topic').filter((each) => at(each, 'KmsMasterKeyId') !== undefined).length,
    keys: all('AWS::KMS::Key').length,
    alarmMetrics: all('AWS::CloudWatch::Alarm').reduce<number>((metrics, alarm) => metrics + metricsOf(alarm), 0),
    dashboards: all('AWS::CloudWatch::Dashboard').length,
    measuredMethods: at(stage, 'MethodSettings', 0, 'MetricsEnabled') === true ? methods.length : 0,
    accessLogFormat: textAt(stage, 'AccessLogSetting', 'Format'),
    logDays: Math.max(...all('AWS::Logs::LogGroup').map((group) => numberAt(group, 'RetentionInDays'))),
    logsEvents: at(machine, 'LoggingConfiguration', 'Level') === 'ALL',
    tracesAnOrder: Number(apiTraced) + Number(executionTraced && !handedOn),
    versionDays: daysOf(buckets(true), 'NoncurrentVersionExpiration', 'NoncurrentDays'),
    bucketLogDays: daysOf(buckets(false), 'ExpirationInDays'),
    backup: all('AWS::DynamoDB::GlobalTable').every(
      (table) => at(table, 'Replicas', 0, 'PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled') === true,
    ),
  };
}

/** The functions that have a bundle; others, like those of CDK's custom resources, run at a deployment only. */
function functionsOf(resources: Template['Resources']): Map<string, unknown> {
  const functions = new Map<string, unknown>();
  for (const [id, { Type, Properties }] of Object.entries(resources)) {
    const bundle = bundleOf(id);
    if (Type === 'AWS::Lambda::Function' && bundle !== undefined) functions.set(bundle, Properties);
  }
  return functions;
}

function tasksOf(machine: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(at(machine, 'DefinitionSubstitutions') ?? {}).map(([placeholder, arn]) => {
      const id = textAt(arn, 'Fn::GetAtt', 0);
      const bundle = bundleOf(id);
      if (bundle === undefined) throw new Error(`${id} is no function of ours`);
      return [placeholder, bundle];
    }),
  );
}

/** The bundle of a function by its logical id, like `FunctionsPutItem2FFB16FB`: `put-item`. */
function bundleOf(id: string): string | undefined {
  const [, name] = /^Functions(\w+)[0-9A-F]{8}$/.exec(id) ?? [];
  return name?.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

/** An alarm on an expression is billed by the metrics in it. */
function metricsOf(alarm: unknown): number {
  return at(alarm, 'Metrics') === undefined
    ? 1
    : listAt(alarm, 'Metrics').filter((metric) => at(metric, 'MetricStat') !== undefined).length;
}

function daysOf(buckets: readonly unknown[], ...path: readonly string[]): number {
  const rules = listAt(only(buckets, 'buckets'), 'LifecycleConfiguration', 'Rules');
  return numberAt(
    rules.find((rule) => at(rule, ...path) !== undefined),
    ...path,
  );
}

function only<T>(values: readonly T[], what: string): T {
  const [value] = values;
  if (value === undefined || values.length > 1) throw new Error(`the template has ${values.length} ${what}, not 1`);
  return value;
}
