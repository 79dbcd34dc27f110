/** Tables of out-of-distribution rejection from bench/results/doubt.json. */
import { mean, readRecord } from './markdown.js';

const { rows } = readRecord('bench/results/doubt.json');
const outside = rows.filter(({ auroc }) => auroc !== undefined);
const sets = [...new Set(outside.map(({ set }) => set))];
const methods = Object.keys(outside[0].auroc);

const cell = (values, digits, scale = 1) => {
  const reach = (Math.max(...values) - Math.min(...values)) / 2;
  return `${(scale * mean(values)).toFixed(digits)} ± ${(scale * reach).toFixed(digits)}`;
};
const of = (set) => outside.filter((row) => row.set === set);
/** A table whose columns are aligned as Prettier aligns them: the first to the left, numbers to the right. */
function table(header, body) {
  const rows = [header, ...body];
  const widths = header.map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const line = (row) =>
    `| ${row.map((text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i]))).join(' | ')} |`;
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(header), line(rule), ...body.map(line)].join('\n');
}

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
  return table(['method', ...sets], body);
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
  return table(
    ['images', 'doubtful'],
    [["MNIST's test digits", `${(100 * mean(digits)).toFixed(1)} %`], ...body],
  );
}
