import type { Node } from 'constructs';

/** One deployment of the system: several live in one account, side by side. */
export interface Stage {
  /** Part of the stack's name: a lower-case letter, then up to 19 of `a-z 0-9 -`. */
  readonly name: string;
  /** Gets one mail an order, and the alarms. Left out: nobody is subscribed. */
  readonly email?: string;
  /** IPv4 or IPv6 ranges that may call the API. Left out: everybody may, as in the seed. */
  readonly allow?: readonly string[];
  /** Everything, the data too, goes with the stack. Otherwise data is retained. */
  readonly disposable: boolean;
}

/** A context value that cannot be used; the message names it and the rule. */
export class StageRejected extends Error {
  override readonly name = 'StageRejected';
}

const range = /^(?:(?:\d{1,3}\.){3}\d{1,3}\/(?:[0-9]|[12]\d|3[0-2])|[0-9a-fA-F:]+\/\d{1,3})$/;

/**
 * Reads `stage` (default `dev`), `email`, `allow` (ranges separated by commas) and `disposable` (`true`) from the context.
 *
 * @throws StageRejected
 */
export function readStage(node: Node): Stage {
  const text = (key: string): string | undefined => {
    const value: unknown = node.tryGetContext(key);
    return value === undefined || value === null ? undefined : String(value);
  };
  const name = text('stage') ?? 'dev';
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(name)) {
    throw new StageRejected(`stage must be a lower-case letter and up to 19 of a-z 0-9 -, not ${JSON.stringify(name)}`);
  }
  const email = text('email');
  if (email !== undefined && !/^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/.test(email)) {
    throw new StageRejected(`email must be one address, not ${JSON.stringify(email)}`);
  }
  const allow = text('allow')?.split(',');
  for (const each of allow ?? []) {
    if (!range.test(each))
      throw new StageRejected(`allow must be ranges like 203.0.113.0/24, not ${JSON.stringify(each)}`);
  }
  const disposable = text('disposable') ?? 'false';
  if (disposable !== 'true' && disposable !== 'false') {
    throw new StageRejected(`disposable must be true or false, not ${JSON.stringify(disposable)}`);
  }
  return {
    name,
    ...(email === undefined ? {} : { email }),
    ...(allow === undefined ? {} : { allow }),
    disposable: disposable === 'true',
  };
}
