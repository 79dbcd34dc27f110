/** How many changed labels of MNIST an audit finds, from bench/results/label-errors.json. */
import { alignedTable, duration, percent, readRecord, thousands } from './markdown.js';

export function labelErrorsTable() {
  const { runs } = readRecord('bench/results/label-errors.json');
  return alignedTable(
    ['seed of the changes', 'changed labels', 'listed', 'of the changed ones', 'of the list correct', 'time'],
    runs.map(({ seed, changed, found, recall, precision, seconds }) => [
      String(seed),
      thousands(changed),
      thousands(found),
      percent(recall),
      percent(precision),
      duration(seconds),
    ]),
  );
}
