import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const cache = resolve(import.meta.dirname, '../../../../node_modules/.cache/coffee-aws');

let installed: Promise<string> | undefined;

/**
 * The path of a tool that `requirements.txt` brings (`python`, `cfn-lint`), installed by the first call into a virtual
 * environment in the cache folder of this checkout.
 *
 * @throws Error with the command that installs Python when it or its `venv` module is missing.
 */
export async function pythonTool(name: 'python' | 'cfn-lint'): Promise<string> {
  installed ??= install();
  return join(await installed, name);
}

async function install(): Promise<string> {
  try {
    await promisify(execFile)('python3', [join(import.meta.dirname, 'install.py'), cache]);
  } catch (error) {
    const { stderr = '' } = error as { readonly stderr?: string };
    throw new Error(
      'cannot install the Python tools that the AWS tests need: Python 3.10 or newer with its venv module, for example ' +
        `by: apt-get install python3 python3-venv\n${stderr}`,
      { cause: error },
    );
  }
  return join(cache, 'venv', 'bin');
}
