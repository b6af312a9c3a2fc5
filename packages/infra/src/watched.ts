import type { OrderApi } from './api/order-api.ts';
import type { Functions } from './functions.ts';
import type { OrderWorkflow } from './order-workflow.ts';
import type { Storage } from './storage.ts';
import type { Topics } from './topics.ts';

/** The parts of a stage that alarms and the dashboard look at. */
export interface Watched {
  readonly storage: Storage;
  readonly topics: Topics;
  readonly functions: Functions;
  readonly workflow: OrderWorkflow;
  readonly api: OrderApi;
}
