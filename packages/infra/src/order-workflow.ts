import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Functions } from './functions.ts';
import { acknowledge } from './nag.ts';

const file = fileURLToPath(import.meta.resolve('@coffee/workflow/order-workflow.asl.json'));

/** The state machine: `order-workflow.asl.json` unchanged; the functions' ARNs are filled in at deployment. */
export class OrderWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { functions }: { readonly functions: Functions }) {
    super(scope, id);
    const tasks = {
      PutItemFunctionArn: functions.putItem.functionArn,
      PutObjectFunctionArn: functions.putObject.functionArn,
      NotifyFunctionArn: functions.notify.functionArn,
    };
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: Object.values(tasks) }));
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      comment: 'One coffee order per execution',
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(readFileSync(file, 'utf8')),
      definitionSubstitutions: tasks,
      role,
      tracingEnabled: true,
      logs: {
        // With this prefix the policy for log delivery stays short, however many state machines there are.
        destination: new LogGroup(this, 'Log', {
          logGroupName: `/aws/vendedlogs/states/${Stack.of(this).stackName}`,
          retention: RetentionDays.ONE_MONTH,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
    acknowledge(role, {
      'IAM5[Resource::*]': 'X-Ray and the delivery of vended logs name no resource',
    });
  }
}
