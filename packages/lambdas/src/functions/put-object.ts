import { IssueInvoiceLine } from '@coffee/application';
import type { PlacedOrder } from '@coffee/domain';
import { s3Module } from '../aws/s3-modules.ts';
import { containerOf } from '../composition/container.ts';
import { issueInvoiceLineModule } from '../composition/use-case-modules.ts';
import { observeTask } from '../observability/observe.ts';

const issueInvoiceLine = containerOf(issueInvoiceLineModule, s3Module(process.env)).get(IssueInvoiceLine);

/** `task_put_object`: adds the order to the account's invoice of the month. */
export const handler = observeTask('put-object', (event: PlacedOrder) => issueInvoiceLine.execute(event));
