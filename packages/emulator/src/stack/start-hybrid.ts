import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { DeployedStack } from './deploy-stack.ts';

const main = fileURLToPath(new URL('../../../local/dist/main.js', import.meta.url));

/** An embedded system on the tables of a stack. */
export interface Hybrid {
  readonly url: string;
  close(): Promise<void>;
}

/** Runs what `npx pnpm start -- --aws` runs, on what a stack has deployed; `data` is the SQLite file of its executions. */
export async function startHybrid({ outputs }: DeployedStack, data: string): Promise<Hybrid> {
  const child = spawn(process.execPath, [main, '--port', '0', '--data', data, '--aws'], {
    env: {
      ...process.env,
      ORDERS_TABLE: outputs.OrdersTable,
      NOTIFICATION_LOG_TABLE: outputs.NotificationLogTable,
      INVOICES_BUCKET: outputs.InvoicesBucket,
      NOTIFICATIONS_TOPIC_ARN: outputs.NotificationsTopicArn,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const close = async () => {
    child.kill('SIGTERM');
    await exit;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = /(http:\/\/127\.0\.0\.1:\d+)\/prod/.exec(line) ?? [];
    if (url !== undefined) return { url, close };
  }
  throw new Error('the embedded system ended before it served');
}
