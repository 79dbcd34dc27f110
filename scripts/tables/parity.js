/** The differences between training in Inkling and in PyTorch. */
import { readRecord, table } from './markdown.js';

export function parityTable() {
  const { seeds, means } = readRecord('results/parity/mnist.json');
  const difference = (value) => {
    if (Number.isInteger(value)) return String(value);
    return value < 0.01 ? value.toExponential(1) : value.toFixed(2);
  };
  const rows = seeds[0].checks.map(({ what, unit, bound }, row) => [
    what,
    ...seeds.map(({ checks }) => difference(checks[row].worst)),
    difference(bound),
    unit,
  ]);
  const last = [
    means.what,
    difference(means.worst),
    ...seeds.slice(1).map(() => ''),
    difference(means.bound),
    means.unit,
  ];
  const header = ['largest difference', ...seeds.map(({ seed }) => `seed ${seed}`), 'bound', 'unit'];
  return table(header, [...rows, last]);
}
