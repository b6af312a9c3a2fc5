import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Menu } from '@coffee/domain';
import { defaultMenu, MenuRejected, parseMenu } from '@coffee/domain';
import type { Node } from 'constructs';

/** One deployment of the system: several live in one account, side by side. */
export interface Stage {
  /** Part of the stack's name: a lower-case letter, then up to 19 of `a-z 0-9 -`. */
  readonly name: string;
  /** What can be ordered, and what it costs. */
  readonly menu: Menu;
  /** Receives an email for each order, and the alarms. If absent, no one is subscribed. */
  readonly email?: string;
  /** IPv4 or IPv6 ranges that may call the API. */
  readonly allow?: readonly string[];
  /** Lets everyone call the API, as in the seed. */
  readonly open: boolean;
  /** Lets those call who have a token. A stage without exactly one of ranges, this and `open` cannot be deployed. */
  readonly issuer?: Issuer;
  /** US dollars a month. An email says so before the account spends more. */
  readonly budget?: number;
  /** Adds a dashboard, for 3 USD a month. */
  readonly dashboard: boolean;
  /** No one can delete the tables. Not for a first deployment: one that fails has to delete them again. */
  readonly protect: boolean;
  /** Deletes everything with the stack, data included. Otherwise data is retained. */
  readonly disposable: boolean;
}

/** Whose tokens tell who is calling. */
export interface Issuer {
  /** The `iss` of the tokens: an https URL, or an http one on this machine. */
  readonly url: string;
  /** The `aud` of the tokens: the name of this system at the issuer. */
  readonly audience: string;
}

/** A context value that cannot be used; the message names it and the rule. */
export class StageRejected extends Error {
  override readonly name = 'StageRejected';
}

const range = /^(?:(?:\d{1,3}\.){3}\d{1,3}\/(?:[0-9]|[12]\d|3[0-2])|[0-9a-fA-F:]+\/\d{1,3})$/;

const issuerUrl = /^(?:https:\/\/[^\s/?#@]+|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?)(?:\/[^\s?#]*)?$/;

/** Bytes of a menu in JSON: of the 4,096 that Lambda gives all variables of a function, 512 are kept for the others. */
const largestMenu = 4096 - 512;

/** Why a stage must not be deployed yet: it does not say who may call the API. */
export const undecided =
  'Decide who may call the API, with exactly one of --context issuer=URL --context audience=NAME (who has a token), --context allow=RANGES (like 203.0.113.0/24) and --context open=true (everyone).';

/** Whether a stage says who may call the API. */
export function isDecided({ allow, open, issuer }: Pick<Stage, 'allow' | 'open' | 'issuer'>): boolean {
  return [allow !== undefined, open, issuer !== undefined].filter(Boolean).length === 1;
}

/**
 * Reads the context: `stage` (default `dev`), `menu` (a JSON file; defaults to the domain's menu), `email`, `allow` (ranges
 * separated by commas), `open` (`true`), `issuer` (a URL) and `audience`, `budget` (US dollars a month), `dashboard`, `protect` and
 * `disposable` (`true`).
 *
 * @throws StageRejected
 */
export function readStage(node: Pick<Node, 'tryGetContext'>): Stage {
  const text = (key: string): string | undefined => {
    const value: unknown = node.tryGetContext(key);
    return value === undefined || value === null ? undefined : String(value);
  };
  const require = (holds: boolean, rule: string, value: string) => {
    if (!holds) throw new StageRejected(`${rule}, not ${JSON.stringify(value)}`);
  };
  const name = text('stage') ?? 'dev';
  require(/^[a-z][a-z0-9-]{0,19}$/.test(name), 'stage must be a lower-case letter and up to 19 of a-z 0-9 -', name);
  const email = text('email');
  if (email !== undefined) require(/^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/.test(email), 'email must be one address', email);
  const allow = text('allow')?.split(',');
  for (const each of allow ?? []) require(range.test(each), 'allow must be ranges like 203.0.113.0/24', each);
  const [url, audience] = [text('issuer'), text('audience')];
  if ((url === undefined) !== (audience === undefined)) {
    throw new StageRejected('issuer and audience belong together: --context issuer=URL --context audience=NAME');
  }
  if (url !== undefined) require(issuerUrl.test(url), 'issuer must be an https URL', url);
  if (audience !== undefined) require(/^\S{1,200}$/.test(audience), 'audience must be a name without spaces', audience);
  const flag = (key: string): boolean => {
    const value = text(key) ?? 'false';
    require(['true', 'false'].includes(value), `${key} must be true or false`, value);
    return value === 'true';
  };
  const [protect, disposable] = [flag('protect'), flag('disposable')];
  if (protect && disposable) throw new StageRejected('protect=true is not for a disposable stage');
  const budget = text('budget');
  if (budget !== undefined) {
    require(/^[1-9]\d{0,8}$/.test(budget), 'budget must be whole US dollars a month', budget);
    if (email === undefined) throw new StageRejected('budget needs --context email=…, the address that it writes to');
  }
  const menuFile = text('menu');
  return {
    name,
    menu: menuFile === undefined ? defaultMenu : readMenu(menuFile),
    ...(email === undefined ? {} : { email }),
    ...(allow === undefined ? {} : { allow }),
    ...(url === undefined || audience === undefined ? {} : { issuer: { url, audience } }),
    ...(budget === undefined ? {} : { budget: Number(budget) }),
    open: flag('open'),
    dashboard: flag('dashboard'),
    protect,
    disposable,
  };
}

/** Reads a menu from a JSON file. A relative path starts where the command was called, not in this package. */
function readMenu(file: string): Menu {
  const path = resolve(process.env.INIT_CWD ?? '', file);
  let menu: Menu;
  try {
    menu = parseMenu(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (error instanceof MenuRejected) throw new StageRejected(`menu: ${path} is not a menu: ${error.message}`);
    if (error instanceof SyntaxError) throw new StageRejected(`menu: ${path} is not JSON: ${error.message}`);
    throw new StageRejected(`menu: ${path} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  const bytes = Buffer.byteLength(JSON.stringify(menu));
  if (bytes > largestMenu) {
    throw new StageRejected(
      `menu: ${path} is too long: it takes ${bytes} bytes as JSON, and the environment of put-item has room for ${largestMenu}`,
    );
  }
  return menu;
}
