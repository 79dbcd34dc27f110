/** Tables of out-of-distribution rejection from bench/results/doubt.json. */
import { alignedTable, mean, readRecord } from './markdown.js';

const { rows } = readRecord('bench/results/doubt.json');
const outside = rows.filter(({ auroc }) => auroc !== undefined);
const sets = [...new Set(outside.map(({ set }) => set))];
const methods = Object.keys(outside[0].auroc);

const cell = (values, digits, scale = 1) => {
  const reach = (Math.max(...values) - Math.min(...values)) / 2;
  return `${(scale * mean(values)).toFixed(digits)} ± ${(scale * reach).toFixed(digits)}`;
};
const of = (set) => outside.filter((row) => row.set === set);

/** AUROC by method and kind of image: the mean over seeds, and half the range. */
export function aurocTable() {
  const body = methods.map((method) => [
    method,
    ...sets.map((set) =>
      cell(
        of(set).map(({ auroc }) => auroc[method]),
        3,
      ),
    ),
  ]);
  return alignedTable(['method', ...sets], body);
}

/** The share of predictions that are marked as doubtful. */
export function doubtfulTable() {
  const digits = rows.filter(({ set }) => set === 'digits').map(({ doubtful }) => doubtful);
  const body = sets.map((set) => [
    set,
    `${cell(
      of(set).map(({ doubtful }) => doubtful),
      1,
      100,
    )} %`,
  ]);
  return alignedTable(
    ['images', 'doubtful'],
    [["MNIST's test digits", `${(100 * mean(digits)).toFixed(1)} %`], ...body],
  );
}
