import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const measure = `
  const begun = process.cpuUsage();
  await import(process.argv[1]);
  const { user, system } = process.cpuUsage(begun);
  console.log((user + system) / 1000);
`;

async function importTime(file: string, environment: Readonly<Record<string, string>>): Promise<number> {
  const flags = ['--input-type=module', '--eval', measure, pathToFileURL(file).href];
  const { stdout } = await run(process.execPath, flags, { env: { ...process.env, ...environment } });
  return Number(stdout);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

/**
 * The medians of the time it takes to import each of two files, milliseconds of processor time: a new process each
 * time, one file and the other by turns. Time on the clock would measure what else the machine does.
 */
export async function importTimes(
  files: readonly [string, string],
  samples: number,
  environment: Readonly<Record<string, string>>,
): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let sample = 0; sample < samples; sample += 1) {
    for (const turn of sample % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      times[turn].push(await importTime(files[turn], environment));
    }
  }
  return [median(times[0]), median(times[1])];
}
