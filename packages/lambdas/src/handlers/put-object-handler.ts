import { IssueInvoiceLine } from '@coffee/application';
import type { PlacedOrder } from '@coffee/domain';
import { inject, injectable } from 'inversify';

/** `task_put_object`: adds the order to the account's invoice of the month. */
@injectable()
export class PutObjectHandler {
  readonly #issueInvoiceLine: IssueInvoiceLine;

  constructor(@inject(IssueInvoiceLine) issueInvoiceLine: IssueInvoiceLine) {
    this.#issueInvoiceLine = issueInvoiceLine;
  }

  readonly handle = (event: PlacedOrder): Promise<{ readonly objectKey: string }> =>
    this.#issueInvoiceLine.execute(event);
}
