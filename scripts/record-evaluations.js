/**
 * Evaluates runs on the test images of another data set, with test-time augmentation by one pixel, and saves the results as records:
 * node scripts/record-evaluations.js FOLDER DATASET RUN...
 *
 * Each becomes FOLDER/MODEL-DATASET-seed-N.json, with the command that repeats it. Requires a build.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { encodeRecord } from '#inkling/core/record.js';
import { evaluateRun, loadDataset, readRun } from '#inkling/node.js';

const [folder, name, ...runs] = process.argv.slice(2);
const dataset = await loadDataset({ name });

mkdirSync(folder, { recursive: true });
for (const run of runs) {
  const { model, seed } = readRun(run).summary;
  const { loss, accuracy, correct, total, confusion } = await evaluateRun(run, dataset, {
    tta: { shift: 1 },
  });
  const record = {
    command: `inkling evaluate ${basename(run)} --dataset ${name} --tta shift=1`,
    model: { name: model.name, parameters: model.parameters },
    dataset: { name },
    seed,
    test: { loss, accuracy, correct, total, confusion },
  };
  const file = join(folder, `${model.name}-${name}-seed-${seed}.json`);
  writeFileSync(file, `${encodeRecord(record, 1)}\n`);
  console.log(file);
}
