import { resolve } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { openSession, withServerOptions } from '../session.ts';
import type { Surroundings } from '../terminal/terminal.ts';
import { plain } from '../terminal/text.ts';

export const backupCommand = (surroundings: Surroundings) =>
  withServerOptions(
    new Command('backup')
      .summary("write a copy of the server's file while orders go on")
      .description(
        "Writes a copy of the server's file while orders go on. Restore it by starting a server with it. Embedded servers on this machine only.",
      )
      .argument('<file>', 'the new file; nothing is overwritten'),
  )
    .addHelpText('after', '\nExample:\n  $ coffee backup coffee-2026-11-24.sqlite')
    .action(async (file, options) => {
      const { server, terminal } = openSession(surroundings, options);
      await server.expectEmbedded('backups', 'on AWS, DynamoDB and S3 keep their own: see docs/operations.md');
      const written = await server.api.backUp(resolve(file));
      terminal.show(written, () => [`The copy is ${plain(written.file)}.`]);
    });
