/** Helpers that format records as Markdown tables. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
export const percent = (fraction) => `${(100 * fraction).toFixed(2)} %`;
export const thousands = (value) => Math.round(value).toLocaleString('en-US');
export const duration = (seconds) =>
  seconds < 100 ? `${seconds.toFixed(1)} s` : `${(seconds / 60).toFixed(1)} min`;

export const readRecord = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The records of a folder, in alphabetical order of their names. */
export function readRecords(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readRecord(join(folder, name)));
}

/** The records of one network, or of one network and data set. */
export const recordsOf = (records, model, dataset) =>
  records.filter(
    (record) => record.model.name === model && record.dataset.name === (dataset ?? record.dataset.name),
  );

export function table(header, rows) {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A table whose columns are aligned as Prettier aligns them: the first to the left, numbers to the right. */
export function alignedTable(header, body) {
  const rows = [header, ...body];
  const widths = header.map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const line = (row) =>
    `| ${row.map((text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i]))).join(' | ')} |`;
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(header), line(rule), ...body.map(line)].join('\n');
}

/** The machine on which a record was made. */
export function machineOf({ environment: { cpu, threads, node } }) {
  return `${threads} threads of an ${cpu}, Node.js ${node.slice(1)}`;
}
