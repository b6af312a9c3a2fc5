import { describe, expect, it } from 'vitest';
import { synthesizeStage } from '../synthesize-stage.ts';
import { readStack } from './read-stack.ts';
import type { Resource, Template } from './template.ts';

const { template } = synthesizeStage({ email: 'orders@example.com' });

/** The template with the properties of each resource of a type changed. */
function changed(type: string, change: (properties: Record<string, unknown>) => object): Template {
  const Resources = Object.fromEntries(
    Object.entries(template.Resources).map(([id, resource]): [string, Resource] => [
      id,
      resource.Type === type
        ? { ...resource, Properties: change(resource.Properties as Record<string, unknown>) }
        : resource,
    ]),
  );
  return { Resources };
}

describe('the stack', () => {
  it('has what costs something', () => {
    const facts = readStack(template);
    expect(Object.keys(facts.functions).sort()).toEqual(['get-item', 'get-object', 'notify', 'put-item', 'put-object']);
    expect(facts.tasks).toEqual({
      PutItemFunctionArn: 'put-item',
      PutObjectFunctionArn: 'put-object',
      NotifyFunctionArn: 'notify',
    });
    expect(facts).toMatchObject({ mailsAnOrder: 1, encryptedTopics: 2, keys: 1, dashboards: 1, measuredMethods: 0 });
    expect(facts).toMatchObject({ logDays: 30, versionDays: 30, bucketLogDays: 90, backup: true, logsEvents: true });
    expect(facts.alarmMetrics).toBeGreaterThan(0);
    expect(facts.accessLogFormat).toContain('$context.status');
  });

  it('follows the template', () => {
    const memory = changed('AWS::Lambda::Function', (properties) => ({ ...properties, MemorySize: 1024 }));
    expect(readStack(memory).functions.notify?.memory).toBe(1024);
    const untraced = changed('AWS::ApiGateway::Stage', (properties) => ({ ...properties, TracingEnabled: false }));
    expect(readStack(untraced).tracesAnOrder).toBe(1);
    const unsubscribed = changed('AWS::SNS::Subscription', (properties) => ({ ...properties, Protocol: 'sqs' }));
    expect(readStack(unsubscribed).mailsAnOrder).toBe(0);
  });

  it('bills an alarm on an expression by the metrics in it', () => {
    const alarms = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm').length;
    const Metrics = [{ Expression: 'a + b' }, { MetricStat: {} }, { MetricStat: {} }];
    expect(readStack(changed('AWS::CloudWatch::Alarm', () => ({ Metrics }))).alarmMetrics).toBe(2 * alarms);
  });

  it('counts one trace an order where the API hands its own on', () => {
    const handing = changed('AWS::ApiGateway::Method', (properties) => ({ ...properties, template: '"traceHeader"' }));
    expect(readStack(handing).tracesAnOrder).toBe(1);
  });

  it('is refused where something is not there, rather than free', () => {
    const forever = changed('AWS::Logs::LogGroup', () => ({}));
    expect(() => readStack(forever)).toThrow('no number at RetentionInDays');
    const unversioned = changed('AWS::S3::Bucket', ({ VersioningConfiguration: _, ...rest }) => rest);
    expect(() => readStack(unversioned)).toThrow('0 buckets, not 1');
  });
});
