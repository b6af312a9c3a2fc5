import type { PlacedOrder } from '@coffee/domain';
import type { PutItemInput } from '@coffee/workflow';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Container, ContainerModule } from 'inversify';
import { GetItemHandler } from '../handlers/get-item-handler.ts';
import { GetObjectHandler } from '../handlers/get-object-handler.ts';
import { NotifyHandler } from '../handlers/notify-handler.ts';
import { PutItemHandler } from '../handlers/put-item-handler.ts';
import { PutObjectHandler } from '../handlers/put-object-handler.ts';
import { applicationModule } from './application-module.ts';
import { containerOf } from './container-of.ts';

/** The five functions of the system. */
export interface LambdaHandlers {
  readonly putItem: (event: PutItemInput) => Promise<PlacedOrder>;
  readonly putObject: (event: PlacedOrder) => Promise<{ readonly objectKey: string }>;
  readonly notify: (event: PlacedOrder) => Promise<{ readonly id: string }>;
  readonly getItem: (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;
  readonly getObject: (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;
}

/**
 * Composes the five handlers. The modules bind the five ports; a later module may decorate or rebind what an earlier
 * one bound. The container is there for what else the modules bind.
 */
export function composeHandlers(
  ...modules: readonly ContainerModule[]
): LambdaHandlers & { readonly container: Container } {
  const container = containerOf(applicationModule, ...modules);
  return {
    putItem: container.get(PutItemHandler).handle,
    putObject: container.get(PutObjectHandler).handle,
    notify: container.get(NotifyHandler).handle,
    getItem: container.get(GetItemHandler).handle,
    getObject: container.get(GetObjectHandler).handle,
    container,
  };
}
