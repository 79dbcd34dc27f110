/**
 * Keeps the summaries of finished runs as records: node scripts/record-results.js RUN...
 *
 * Each becomes results/MODEL-DATASET-seed-N.json, without the folders of the machine it ran on.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const RESULTS = 'results';

mkdirSync(RESULTS, { recursive: true });
for (const run of process.argv.slice(2)) {
  const summary = JSON.parse(readFileSync(join(run, 'summary.json'), 'utf8'));
  const { dataset, model, seed } = summary;
  const record = {
    ...summary,
    command: `inkling reproduce --seed ${seed}`,
    dataset: { ...dataset, source: { ...dataset.source, location: basename(dataset.source.location) } },
  };
  const file = join(RESULTS, `${model.name}-${dataset.name}-seed-${seed}.json`);
  writeFileSync(file, `${JSON.stringify(record, null, 1)}\n`);
  console.log(file);
}
