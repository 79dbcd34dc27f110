/** The numbers of docs/reliability.md, from bench/results/crash.json. */
import { alignedTable, readRecord, thousands } from './markdown.js';

const { scenarios, kills, date, node } = readRecord('bench/results/crash.json');
const faults = ['crash', 'crash half-way', 'ENOSPC', 'EIO', 'EACCES', 'short write'];
const when = `(${date}, Node.js ${node.slice(1)})`;

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** The number of tested points of each scenario. */
export function crashText() {
  const rows = Object.entries(scenarios).map(([name, points]) => [
    name,
    ...faults.map((fault) => String(points[fault])),
  ]);
  const total = sum(Object.values(scenarios).flatMap((points) => Object.values(points)));
  return [
    `In the last recorded run ${when}, all ${thousands(total)} points passed:`,
    alignedTable(['what is interrupted', ...faults], rows),
  ].join('\n\n');
}

export function killsText() {
  return (
    `In the last recorded run ${when}, ${kills.kills} kills interrupted ${kills.trainings} trainings: ` +
    `${kills.different} had different results, ${kills.refused} resumes were refused, and ${kills.leftovers} files were left over.`
  );
}
