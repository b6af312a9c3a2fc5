import { parseArgs } from 'node:util';
import { defaultMenu } from '@coffee/domain';
import { simulate } from './simulate.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '1000' }, from: { type: 'string', default: '1' } },
});
const [from, count] = [Number(values.from), Number(values.seeds)];
const began = performance.now();
let failed = 0;
for (let seed = from; seed < from + count; seed += 1) {
  const { violations, trace } = await simulate(seed, defaultMenu);
  if (violations.length === 0) continue;
  failed += 1;
  console.log(`seed ${seed}: ${violations.join('; ')}`);
  if (count === 1) console.log(trace.join('\n'));
}
const rate = Math.round((count / (performance.now() - began)) * 1000);
console.log(`${count} seeds, ${rate} a second\n${count - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
