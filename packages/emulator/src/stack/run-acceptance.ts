import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** A test of the suite, by its full title. */
export interface TestResult {
  readonly title: string;
  readonly passed: boolean;
  readonly message: string;
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly ancestorTitles: readonly string[];
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/** Runs a part of `@coffee/acceptance` with its variables, in a separate process. An emulator may answer slowly. */
export async function runAcceptance(
  part: 'suite' | 'callers',
  variables: Readonly<Record<string, string>>,
): Promise<TestResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'coffee-acceptance-'));
  const file = join(folder, 'report.json');
  try {
    const vitest = join(root, 'node_modules/.bin/vitest');
    const suite = `packages/acceptance/src/${part}/`;
    const args = ['run', suite, '--no-file-parallelism', '--reporter=json', `--outputFile=${file}`];
    const child = spawn(vitest, [...args, '--testTimeout=240000'], {
      cwd: root,
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await once(child, 'exit');
    const { testResults } = JSON.parse(await readFile(file, 'utf8')) as Report;
    return testResults.flatMap(({ assertionResults }) =>
      assertionResults.map(({ title, ancestorTitles, status, failureMessages = [] }) => ({
        title: [...ancestorTitles.slice(1), title].join(' > '),
        passed: status === 'passed',
        message: failureMessages.join('\n'),
      })),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
