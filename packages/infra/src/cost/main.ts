import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { synthesizeStage } from '../synthesize-stage.ts';
import { costReport, writeReport } from './report.ts';

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const report = costReport(synthesizeStage({ email: 'orders@example.com', open: 'true' }).template);
if (values.write) {
  const page = new URL('../../../../docs/scaling.md', import.meta.url);
  writeFileSync(page, writeReport(readFileSync(page, 'utf8'), report));
} else {
  console.log(report);
}
