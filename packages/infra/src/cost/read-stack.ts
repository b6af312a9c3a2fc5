import type { StackTemplate } from '../synthesize-stage.ts';

/** What costs money in a stack. */
export type StackFacts = ReturnType<typeof readStack>;

/** Reads the template of a stage. A setting that is missing is an error: it must not look free. */
export function readStack({ Resources }: StackTemplate) {
  const all = (type: string): unknown[] =>
    Object.values(Resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));
  const stage = only(all('AWS::ApiGateway::Stage'), 'stages of the API');
  const machine = only(all('AWS::StepFunctions::StateMachine'), 'state machines');
  const methods = all('AWS::ApiGateway::Method').filter((method) => at(method, 'HttpMethod') !== 'OPTIONS');
  // Other functions, like those of CDK's custom resources, run only during a deployment.
  const functions = new Map(
    Object.entries(Resources).flatMap(([id, { Type, Properties }]) => {
      const [, name] = /^Functions(\w+)[0-9A-F]{8}$/.exec(id) ?? [];
      return Type === 'AWS::Lambda::Function' && name !== undefined ? [[name, Properties] as const] : [];
    }),
  );
  const topic = at(functions.get('Notify'), 'Environment', 'Variables', 'NOTIFICATIONS_TOPIC_ARN', 'Ref');
  const mails = all('AWS::SNS::Subscription').filter(
    (each) => at(each, 'Protocol') === 'email' && at(each, 'TopicArn', 'Ref') === topic,
  );
  const daysKept = (versioned: boolean, ...path: Path): number => {
    const versioning = (bucket: unknown) => at(bucket, 'VersioningConfiguration') !== undefined;
    const bucket = only(
      all('AWS::S3::Bucket').filter((each) => versioning(each) === versioned),
      'buckets',
    );
    const rules = at(bucket, 'LifecycleConfiguration', 'Rules') as unknown[] | undefined;
    const rule = rules?.find((each) => at(each, ...path) !== undefined);
    return numberAt(rule, ...path);
  };
  const tracing = [at(stage, 'TracingEnabled'), at(machine, 'TracingConfiguration', 'Enabled')];
  const rules = all('AWS::XRay::SamplingRule');
  const handedOn = tracing[0] === true && JSON.stringify(methods).includes('traceHeader');
  return {
    functions: Object.fromEntries(
      [...functions].map(([name, each]) => [
        name,
        { memory: numberAt(each, 'MemorySize'), arm64: textAt(each, 'Architectures', 0) === 'arm64' },
      ]),
    ),
    mailsAnOrder: mails.length,
    /** Whether what is published is encrypted with a key of the stack. The alarms' topic is silent. */
    encrypts: at(Resources[String(topic)], 'Properties', 'KmsMasterKeyId') !== undefined,
    /** Whether the start and the report of each call of a function are in its log. */
    logsCalls: [...functions.values()].some((each) => at(each, 'LoggingConfig', 'SystemLogLevel') !== 'WARN'),
    keys: all('AWS::KMS::Key').length,
    /** An alarm on an expression is billed by the metrics in it. */
    alarmMetrics: all('AWS::CloudWatch::Alarm').reduce<number>((count, alarm) => {
      const metrics = at(alarm, 'Metrics') as unknown[] | undefined;
      return count + (metrics?.filter((metric) => at(metric, 'MetricStat') !== undefined).length ?? 1);
    }, 0),
    dashboards: all('AWS::CloudWatch::Dashboard').length,
    /** Methods with metrics of their own, OPTIONS apart. */
    measuredMethods: at(stage, 'MethodSettings', 0, 'MetricsEnabled') === true ? methods.length : 0,
    accessLogFormat: textAt(stage, 'AccessLogSetting', 'Format'),
    logDays: Math.max(...all('AWS::Logs::LogGroup').map((group) => numberAt(group, 'RetentionInDays'))),
    /** Whether every event of an execution is a line of the workflow's log. */
    logsEvents: at(machine, 'LoggingConfiguration', 'Level') === 'ALL',
    /** How many traces an order leaves when all are sampled: one, or two where the API does not hand its own on. */
    tracesAnOrder: tracing.filter((each) => each === true).length - (tracing[1] === true && handedOn ? 1 : 0),
    /** What X-Ray samples, by the rules of the stack: the share, and before it so many a second. By its own rule without. */
    sampling:
      rules.length === 0
        ? undefined
        : {
            rate: Math.max(...rules.map((rule) => numberAt(rule, 'SamplingRule', 'FixedRate'))),
            aSecond: Math.max(...rules.map((rule) => numberAt(rule, 'SamplingRule', 'ReservoirSize'))),
          },
    versionDays: daysKept(true, 'NoncurrentVersionExpiration', 'NoncurrentDays'),
    bucketLogDays: daysKept(false, 'ExpirationInDays'),
    backup: all('AWS::DynamoDB::GlobalTable').every(
      (table) => at(table, 'Replicas', 0, 'PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled') === true,
    ),
  };
}

type Path = (string | number)[];

function at(value: unknown, ...path: Path): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown> | undefined)?.[step], value);
}

const textAt = (value: unknown, ...path: Path): string => required(at(value, ...path), 'string', path);
const numberAt = (value: unknown, ...path: Path): number => required(at(value, ...path), 'number', path);

function required<T>(value: unknown, type: 'string' | 'number', path: Path): T {
  if (typeof value !== type) throw new Error(`the template has no ${type} at ${path.join('.')}`);
  return value as T;
}

function only<T>(values: readonly T[], what: string): T {
  const [value] = values;
  if (value === undefined || values.length > 1) throw new Error(`the template has ${values.length} ${what}, not 1`);
  return value;
}
