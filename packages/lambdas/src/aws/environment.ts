/** The variables of a process, or what stands in for them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable that is missing; the message names it. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const meanings = {
  ORDERS_TABLE: 'the table of the orders',
  NOTIFICATION_LOG_TABLE: 'the table of the notification log',
  INVOICES_BUCKET: 'the bucket of the invoices',
  NOTIFICATIONS_TOPIC_ARN: 'the topic that mails are published to',
};

/**
 * Reads a variable.
 *
 * @throws ConfigurationError when it is missing or empty.
 */
export function required(environment: Environment, name: keyof typeof meanings): string {
  const value = environment[name];
  if (value === undefined || value === '') throw new ConfigurationError(`${name} must name ${meanings[name]}`);
  return value;
}
