import { FindOrder } from '@coffee/application';
import { dynamoDBModule } from '../aws/dynamodb-module.ts';
import { containerOf } from '../composition/container.ts';
import { findOrderModule } from '../composition/use-case-modules.ts';
import { GetItemHandler } from '../handlers/get-item-handler.ts';
import { observeQuery } from '../observability/observe.ts';

const findOrder = containerOf(findOrderModule, dynamoDBModule(process.env)).get(FindOrder);

/** `GET /order` with `accountid` and `vendorid`. */
export const handler = observeQuery('get-item', new GetItemHandler(findOrder, process.env.ISSUER).handle);
