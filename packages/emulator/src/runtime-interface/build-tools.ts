import { execFile } from 'node:child_process';
import { access, constants, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const cache = resolve(import.meta.dirname, '../../../../node_modules/.cache/coffee-aws');

/** A tool that is built from its sources, once for this checkout. */
export interface BuiltTool {
  /** Its name and version, the folder in the cache. */
  readonly name: string;
  /** The file that is there when it is built, in that folder. */
  readonly file: string;
  /** The programs that the build calls. Where there are alternatives, one of them is enough. */
  readonly needs: readonly (readonly string[])[];
  /** Installs what is missing, for a message. */
  readonly remedy: string;
  /** The command that builds it into a folder. */
  command(folder: string): {
    readonly file: string;
    readonly args: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
  };
}

/**
 * The path of a tool's file; builds it when it is not in the cache folder of this checkout.
 *
 * @throws Error with the command that installs what the build needs and this machine lacks, or with the build's output.
 */
export async function builtTool(tool: BuiltTool): Promise<string> {
  const folder = join(cache, tool.name);
  const file = join(folder, tool.file);
  if (await exists(file)) return file;

  const missing: string[] = [];
  for (const alternatives of tool.needs) {
    if (!(await Promise.all(alternatives.map(isProgram))).includes(true)) missing.push(alternatives.join(' or '));
  }
  if (missing.length > 0) throw new Error(`building ${tool.name} needs ${missing.join(', ')}: ${tool.remedy}`);

  await mkdir(cache, { recursive: true });
  const building = await mkdtemp(join(cache, `${tool.name}-`));
  try {
    const { file: program, args, environment } = tool.command(building);
    const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
    await run(program, args, {
      cwd: building,
      env: { ...process.env, PATH: path, ...environment },
      maxBuffer: 64 * 1024 * 1024,
    });
    await rm(folder, { recursive: true, force: true });
    await rename(building, folder);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`building ${tool.name} failed; ${tool.remedy}\n${stdout}${stderr}`, { cause: error });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  if (!(await exists(file))) throw new Error(`building ${tool.name} made no ${tool.file}`);
  return file;
}

async function isProgram(name: string): Promise<boolean> {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return (await Promise.all(folders.map((folder) => exists(join(folder, name), constants.X_OK)))).includes(true);
}

function exists(path: string, mode: number = constants.F_OK): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
