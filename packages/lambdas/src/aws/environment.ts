import type { Menu } from '@coffee/domain';
import { defaultMenu, parseMenu } from '@coffee/domain';

/** The environment variables of a process, or a substitute for them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable that is missing or cannot be used; the message names it. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const meanings = {
  ORDERS_TABLE: 'the table of the orders',
  NOTIFICATION_LOG_TABLE: 'the table of the notification log',
  INVOICES_BUCKET: 'the bucket of the invoices',
  NOTIFICATIONS_TOPIC_ARN: 'the topic that notifications are published to',
};
const ofAuthorizer = { ISSUER: 'the issuer of the tokens', AUDIENCE: 'the audience of the tokens' };

/** The variables that bind the ports to AWS. */
export const variables = Object.keys(meanings) as (keyof typeof meanings)[];

/**
 * Reads a variable.
 *
 * @throws ConfigurationError when it is missing or empty.
 */
export function required(environment: Environment, name: keyof typeof meanings | keyof typeof ofAuthorizer): string {
  const value = environment[name];
  const meaning = { ...meanings, ...ofAuthorizer }[name];
  if (value === undefined || value === '') throw new ConfigurationError(`${name} must name ${meaning}`);
  return value;
}

/**
 * The menu in the variable `MENU`, as JSON; the default menu without it.
 *
 * @throws ConfigurationError when it is not JSON, or not a menu: the message names the field and the rule.
 */
export function menuOf({ MENU }: Environment): Menu {
  if (MENU === undefined || MENU === '') return defaultMenu;
  try {
    return parseMenu(JSON.parse(MENU));
  } catch (error) {
    throw new ConfigurationError(`MENU must be a menu as JSON: ${(error as Error).message}`, { cause: error });
  }
}
