/** What is detected of damaged files, from bench/results/damage.json. */
import { alignedTable, readRecord, thousands } from './markdown.js';

export function damageTable() {
  const { rows } = readRecord('bench/results/damage.json');
  const cells = ({ total, rejected, unchanged, undetected }) =>
    [total, rejected, unchanged, undetected].map(thousands);
  return alignedTable(
    ['small file and damage', 'copies', 'rejected', 'same result', 'other result'],
    rows.flatMap(({ kind, truncations, flips }) => [
      [`${kind}, cut off`, ...cells(truncations)],
      [`${kind}, bit flipped`, ...cells(flips)],
    ]),
  );
}

export function checksumSpeed() {
  const { bytes, seconds } = readRecord('bench/results/damage.json').checksum;
  return `Computing the checksum of a file of ${thousands(bytes / 1e6)} MB takes ${seconds.toFixed(2)} s.`;
}
