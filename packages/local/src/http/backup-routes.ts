import { isAbsolute } from 'node:path';
import { problem } from '@coffee/api';
import { Hono } from 'hono';
import type { CallerEnv } from './callers.ts';
import { wantOperator } from './callers.ts';
import { servesHost } from './graceful-server.ts';
import { answerFresh, answerProblem, readJsonBody } from './messages.ts';
import { refuseForeignHosts } from './origins.ts';

/** Writes a consistent copy of a file. */
export interface BackupSource {
  backup(file: string): Promise<void>;
}

/** Copies the file to a place on this machine. Asked by a loopback name only, whatever other hosts are served. */
export function backupRoutes(source: BackupSource | undefined): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();

  routes.post('/backup', wantOperator, refuseForeignHosts(servesHost([])), async (context) => {
    const body = await readJsonBody(context.env.incoming);
    if (!body.success) return answerProblem(context, body.problem);
    const { file } = Object(body.value) as { readonly file?: unknown };
    if (typeof file !== 'string' || !isAbsolute(file)) {
      return answerProblem(context, problem('BackupRejected', 'file must be an absolute path'));
    }
    if (source === undefined) return answerProblem(context, problem('KeptElsewhere', 'this server keeps no file'));
    try {
      await source.backup(file);
    } catch (error) {
      return answerProblem(context, problem('BackupRejected', (error as Error).message));
    }
    return answerFresh(context, { file });
  });

  return routes;
}
