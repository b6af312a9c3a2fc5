import { AnnounceOrder } from '@coffee/application';
import type { PlacedOrder } from '@coffee/domain';
import { inject, injectable } from 'inversify';

/** `task_notify`: sends one e-mail through the topic. */
@injectable()
export class NotifyHandler {
  readonly #announceOrder: AnnounceOrder;

  constructor(@inject(AnnounceOrder) announceOrder: AnnounceOrder) {
    this.#announceOrder = announceOrder;
  }

  readonly handle = (event: PlacedOrder): Promise<{ readonly id: string }> => this.#announceOrder.execute(event);
}
