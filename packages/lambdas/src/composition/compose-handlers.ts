import type { PlaceOrderCommand } from '@coffee/application';
import { AnnounceOrder, IssueInvoiceLine, PlaceOrder } from '@coffee/application';
import type { PlacedOrder } from '@coffee/domain';
import { defaultMenu } from '@coffee/domain';
import type { CallOptions } from '@coffee/ports';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Container } from 'inversify';
import { ContainerModule } from 'inversify';
import { GetItemHandler } from '../handlers/get-item-handler.ts';
import { GetObjectHandler } from '../handlers/get-object-handler.ts';
import { containerOf, tokens } from './container.ts';
import {
  announceOrderModule,
  findOrderModule,
  issueInvoiceLineModule,
  linkInvoiceModule,
  placeOrderModule,
} from './use-case-modules.ts';

/** The five functions of the system. A host that can abort a task gives it a signal; Lambda gives none. */
export interface LambdaHandlers {
  readonly putItem: (event: PlaceOrderCommand, options?: CallOptions) => Promise<PlacedOrder>;
  readonly putObject: (event: PlacedOrder, options?: CallOptions) => Promise<{ readonly objectKey: string }>;
  readonly notify: (event: PlacedOrder, options?: CallOptions) => Promise<{ readonly id: string }>;
  readonly getItem: (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;
  readonly getObject: (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;
}

/** The use cases and handlers, with the default menu; everything but the ports. */
const applicationModule = /* @__PURE__ */ new ContainerModule(({ bind }) => {
  bind(tokens.menu).toConstantValue(defaultMenu);
  bind(GetItemHandler).toSelf().inSingletonScope();
  bind(GetObjectHandler).toSelf().inSingletonScope();
});

/**
 * Composes the five handlers. The modules bind the five ports, synchronously; a later module may decorate or rebind what an
 * earlier one bound, the menu and the notification's text included. The container is there for what else the modules bind.
 */
export function composeHandlers(
  ...modules: readonly ContainerModule[]
): LambdaHandlers & { readonly container: Container } {
  const container = containerOf(
    applicationModule,
    placeOrderModule,
    issueInvoiceLineModule,
    announceOrderModule,
    findOrderModule,
    linkInvoiceModule,
    ...modules,
  );
  const [placeOrder, issueInvoiceLine, announceOrder] = [
    container.get(PlaceOrder),
    container.get(IssueInvoiceLine),
    container.get(AnnounceOrder),
  ];
  return {
    putItem: placeOrder.execute.bind(placeOrder),
    putObject: issueInvoiceLine.execute.bind(issueInvoiceLine),
    notify: announceOrder.execute.bind(announceOrder),
    getItem: container.get(GetItemHandler).handle,
    getObject: container.get(GetObjectHandler).handle,
    container,
  };
}
