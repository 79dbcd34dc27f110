/** The results of the report's two networks with several seeds. */
import { mean, machineOf, percent, readRecords, recordsOf, table, thousands } from './markdown.js';
import { importSource } from './source.js';

const originalReport = await importSource('core/originalReport.ts');
const { model, testAccuracy, baseline, baselineTestAccuracy } = originalReport;
/** The accuracies that the report states. */
const STATED = {
  [model.value]: percent(testAccuracy.value),
  [baseline.value]: `about ${100 * baselineTestAccuracy.value} %`,
};

export function reportTable() {
  const records = readRecords('results');
  const row = (name) => {
    const runs = recordsOf(records, name);
    const accuracies = runs.map(({ test }) => test.accuracy);
    return [
      `\`${name}\``,
      thousands(runs[0].model.parameters),
      STATED[name],
      accuracies.map(percent).join(', '),
      percent(mean(accuracies)),
      `${mean(runs.map(({ timing }) => timing.totalSeconds)).toFixed(1)} s`,
      thousands(mean(runs.map(({ timing }) => timing.imagesPerSecond))),
      `${Math.max(...runs.map(({ timing }) => timing.peakMemoryMB)).toFixed(0)} MB`,
    ];
  };
  const [{ epochs, dataset }] = records;
  const seeds = [...new Set(records.map(({ seed }) => seed))].join(', ');
  const header = [
    'model',
    'parameters',
    'original report',
    `test accuracy, seeds ${seeds}`,
    'mean',
    'run time',
    'training images/s',
    'peak memory',
  ];
  return [
    table(header, [row(model.value), row(baseline.value)]),
    '',
    `${epochs.length} epochs of ${dataset.name.toUpperCase()}, ${thousands(dataset.train)} images, batches of 64; ` +
      `${machineOf(records[0])}. ` +
      'The records are in [results](results); `inkling reproduce --seed N` repeats a run.',
  ].join('\n');
}
