/**
 * Saves the summaries of finished runs as records: node scripts/record-results.js FOLDER RUN...
 *
 * Each becomes FOLDER/MODEL-DATASET-seed-N.json. Folders of the machine are removed.
 * Requires a build.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkRecord, encodeRecord } from '../dist/core/record.js';

const [folder, ...runs] = process.argv.slice(2);
/** Options that do not affect results: locations, output and threads. */
const IRRELEVANT_OPTIONS = / --(run-dir|name|data-dir|threads) \S+| --(quiet|json)/g;

mkdirSync(folder, { recursive: true });
for (const run of runs) {
  const read = (file) => checkRecord(JSON.parse(readFileSync(join(run, file), 'utf8')), file);
  const summary = read('summary.json');
  const { dataset, model, seed } = summary;
  const command = summary.command.replaceAll(IRRELEVANT_OPTIONS, '').replace(/\S*\//g, '');
  const record = {
    ...summary,
    command,
    dataset: { ...dataset, source: { ...dataset.source, location: basename(dataset.source.location) } },
  };
  const file = join(folder, `${model.name}-${dataset.name}-seed-${seed}.json`);
  writeFileSync(file, `${encodeRecord(record, 1)}\n`);
  console.log(file);
}
