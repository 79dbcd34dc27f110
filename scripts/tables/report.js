/** The report's two networks, over seeds. */
import { mean, machineOf, percent, readRecords, recordsOf, table, thousands } from './markdown.js';

/** What the report states. */
const CLAIMED = { 'report-cnn': '98.80 %', mlp: 'about 96 %' };

export function reportTable() {
  const records = readRecords('results');
  const row = (model) => {
    const runs = recordsOf(records, model);
    const accuracies = runs.map(({ test }) => test.accuracy);
    return [
      `\`${model}\``,
      thousands(runs[0].model.parameters),
      CLAIMED[model],
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
    'network',
    'parameters',
    'the report says',
    `test accuracy, seeds ${seeds}`,
    'mean',
    'whole run',
    'images/s in training',
    'peak memory',
  ];
  return [
    table(header, [row('report-cnn'), row('mlp')]),
    '',
    `${epochs.length} epochs of ${dataset.name.toUpperCase()}, ${thousands(dataset.train)} images, batches of 64; ` +
      `${machineOf(records[0])}. ` +
      'The records are in [results](results); `inkling reproduce --seed N` makes each again.',
  ].join('\n');
}
