import { fileURLToPath } from 'node:url';
import type { Menu } from '@coffee/domain';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from './nag.ts';
import type { Issuer } from './stage.ts';
import type { Storage } from './storage.ts';
import type { Topics } from './topics.ts';

interface FunctionPlan {
  readonly description: string;
  /** Below what the caller waits: 20 or 30 seconds for a task, 29 for the API, 10 for it to know the caller. */
  readonly timeoutSeconds: number;
  /** In MB, which buy processor time: more for the queries, since a caller waits for them. */
  readonly memory: 256 | 512;
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly Allow[];
}

type Allow = readonly [actions: readonly string[], resource: string, conditions?: Record<string, unknown>];

/** What the functions work with. */
export interface FunctionsProps {
  readonly storage: Storage;
  readonly topics: Topics;
  readonly menu: Menu;
  readonly issuer?: Issuer;
}

/** The five functions, and the authorizer where there is an issuer of tokens, each with a role that allows what its adapters do and nothing else. */
export class Functions extends Construct {
  readonly putItem: LambdaFunction;
  readonly putObject: LambdaFunction;
  readonly notify: LambdaFunction;
  readonly getItem: LambdaFunction;
  readonly getObject: LambdaFunction;
  readonly authorize?: LambdaFunction;
  readonly all: LambdaFunction[] = [];

  constructor(scope: Construct, id: string, { storage, topics, menu, issuer }: FunctionsProps) {
    super(scope, id);
    const { orders, notificationLog, invoices } = storage;
    const { notifications, key } = topics;
    const known = issuer === undefined ? {} : { ISSUER: issuer.url }; // refuses what no authorizer has let pass
    const lines = invoices.arnForObjects('lines/*');
    const objects = invoices.arnForObjects('*');
    // Without it S3 answers 403 instead of 404 for a missing object. Whether it asks that with a prefix is not documented.
    const prefixes = { StringLikeIfExists: { 's3:prefix': ['lines/*', '*.json'] } };

    this.putItem = this.#create('PutItem', 'put-item', {
      description: 'task_put_item: checks and prices an order and writes it to the orders table',
      timeoutSeconds: 18,
      memory: 256,
      environment: { ORDERS_TABLE: orders.tableName, MENU: JSON.stringify(menu) },
      statements: [[['dynamodb:PutItem', 'dynamodb:GetItem'], orders.tableArn]],
    });
    this.putObject = this.#create('PutObject', 'put-object', {
      description: "task_put_object: adds the order to the account's invoice of the month",
      timeoutSeconds: 18,
      memory: 256,
      environment: { INVOICES_BUCKET: invoices.bucketName },
      statements: [[['s3:GetObject', 's3:PutObject'], lines]],
    });
    this.notify = this.#create('Notify', 'notify', {
      description: 'task_notify: publishes one message about the order',
      timeoutSeconds: 28,
      memory: 256,
      environment: {
        NOTIFICATION_LOG_TABLE: notificationLog.tableName,
        NOTIFICATIONS_TOPIC_ARN: notifications.topicArn,
      },
      statements: [
        [['dynamodb:UpdateItem'], notificationLog.tableArn],
        [['sns:Publish'], notifications.topicArn],
        [['kms:Decrypt', 'kms:GenerateDataKey'], key.keyArn],
      ],
    });
    this.getItem = this.#create('GetItem', 'get-item', {
      description: 'GET /order: reads the newest order of an account at a vendor',
      timeoutSeconds: 15,
      memory: 512,
      environment: { ORDERS_TABLE: orders.tableName, ...known },
      statements: [[['dynamodb:GetItem'], orders.tableArn]],
    });
    this.getObject = this.#create('GetObject', 'get-object', {
      description: 'GET /invoice: brings an invoice up to date, and makes a link to it',
      timeoutSeconds: 28,
      memory: 512,
      environment: { INVOICES_BUCKET: invoices.bucketName, ...known },
      statements: [
        [['s3:GetObject', 's3:PutObject'], objects],
        [['s3:ListBucket'], invoices.bucketArn, prefixes],
      ],
    });
    if (issuer !== undefined) {
      this.authorize = this.#create('Authorize', 'authorize', {
        description: 'the authorizer of the API: tells who is calling by a token of the issuer',
        timeoutSeconds: 8,
        memory: 512,
        environment: { ISSUER: issuer.url, AUDIENCE: issuer.audience },
        statements: [],
      });
    }
    const bucket = Stack.of(this).getLogicalId(invoices.node.defaultChild as CfnBucket);
    acknowledge(this, {
      'IAM5[Resource::*]': 'X-Ray segments name no resource',
      [`IAM5[Resource::<${bucket}.Arn>/*]`]: 'each invoice is an object of the bucket: year/month/accountid.json',
      [`IAM5[Resource::<${bucket}.Arn>/lines/*]`]: 'each line of an invoice is an object of the bucket',
    });
  }

  #create(id: string, bundle: string, plan: FunctionPlan): LambdaFunction {
    const logGroup = new LogGroup(this, `${id}Log`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, `${id}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: plan.description,
    });
    const allow = (...[actions, resource, conditions = {}]: Allow) =>
      role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [resource], conditions }));
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn);
    for (const statement of plan.statements) allow(...statement);
    const created = new LambdaFunction(this, id, {
      description: plan.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(fileURLToPath(import.meta.resolve(`@coffee/lambdas/bundles/${bundle}.zip`))),
      handler: 'index.handler',
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN, // a start and a report of each call would cost more than our line
      tracing: Tracing.ACTIVE,
      memorySize: plan.memory,
      timeout: Duration.seconds(plan.timeoutSeconds),
      environment: { ...plan.environment },
      // An execution keeps the code that it began with, for as long as it can be redriven, and a deployment can be undone.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
    this.all.push(created);
    return created;
  }
}
