import { access, realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

/**
 * The folder of a Node.js on the path that has its headers, for node-gyp's `nodedir`; without one, node-gyp fetches them.
 * Whose headers they are does not matter to a native part that speaks Node-API.
 */
export async function nodeHeaders(): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    try {
      const home = dirname(dirname(await realpath(join(folder, 'node'))));
      await access(join(home, 'include/node/node_api.h'));
      return home;
    } catch (error) {
      if (!['ENOENT', 'ENOTDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
  return undefined;
}
