import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Functions } from './functions.ts';
import { acknowledge } from './nag.ts';

const file = fileURLToPath(import.meta.resolve('@coffee/workflow/order-workflow.asl.json'));

/** The state machine: `order-workflow.asl.json` unchanged; the ARNs of the functions' versions are filled in at deployment. */
export class OrderWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { functions }: { readonly functions: Functions }) {
    super(scope, id);
    const { putItem, putObject, notify } = functions;
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    for (const { functionArn, node } of [putItem, putObject, notify]) {
      // Executions under way name the versions of earlier deployments, and before there were any, the function.
      const resources = [functionArn, `${functionArn}:*`];
      role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources }));
      const id = Stack.of(this).getLogicalId(node.defaultChild as CfnFunction);
      acknowledge(role, { [`IAM5[Resource::<${id}.Arn>:*]`]: 'an execution keeps the version that it began with' });
    }
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      comment: 'One coffee order per execution',
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(readFileSync(file, 'utf8')),
      definitionSubstitutions: {
        PutItemFunctionArn: putItem.currentVersion.functionArn,
        PutObjectFunctionArn: putObject.currentVersion.functionArn,
        NotifyFunctionArn: notify.currentVersion.functionArn,
      },
      role,
      tracingEnabled: true,
      logs: {
        // With this prefix the policy for log delivery stays short, however many state machines there are.
        destination: new LogGroup(this, 'Log', {
          logGroupName: `/aws/vendedlogs/states/${Stack.of(this).stackName}`,
          retention: RetentionDays.ONE_MONTH,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ERROR, // a Standard workflow keeps its whole history for 90 days
        includeExecutionData: false,
      },
    });
    acknowledge(this.stateMachine, {
      SF1: 'a Standard workflow keeps its whole history for 90 days; logging it again is a tenth of the bill',
    });
    acknowledge(role, {
      'IAM5[Resource::*]': 'X-Ray and the delivery of vended logs name no resource',
    });
  }
}
