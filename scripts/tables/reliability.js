/** The numbers of docs/reliability.md, from bench/results/crash.json, fuzz.json and soak.json. */
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

/** How many inputs of each target were tested, and what was found. */
export function fuzzText() {
  const { machine, targets } = readRecord('bench/results/fuzz.json');
  const sorted = targets.toSorted((a, b) => (a.target < b.target ? -1 : 1));
  const total = (key) => sum(targets.map((target) => target[key]));
  return [
    `In the last recorded runs (Node.js ${machine.node.slice(1)}, ${machine.cores} processors, on which other programs ran), ` +
      `${thousands(total('inputs'))} inputs led to ${total('hangs')} hangs, ${total('excessiveMemory')} cases of excessive memory, ` +
      `${total('untypedErrors')} untyped errors, and ${total('wrongAccepts')} wrong accepts.`,
    alignedTable(
      ['target', 'inputs', 'accepted', 'time', 'largest memory'],
      sorted.map(({ target, inputs, accepted, seconds, peakMemoryMB }) => [
        `\`${target}\``,
        thousands(inputs),
        `${((100 * accepted) / inputs).toFixed(1)} %`,
        `${(seconds / 60).toFixed(0)} min`,
        `${thousands(peakMemoryMB)} MB`,
      ]),
    ),
  ].join('\n\n');
}

/** What the good and the bad clients of the soak test experienced. */
export function soakText() {
  const { date, machine, minutes, good, bad, memoryMegabytes, problems } =
    readRecord('bench/results/soak.json');
  const row = (name, { median, p99, max }) => [
    name,
    ...[median, p99, max].map((ms) => `${ms.toFixed(0)} ms`),
  ];
  const kinds = Object.entries(good.byKind).sort(([a], [b]) => (a < b ? -1 : 1));
  const perSecond = Math.round(good.requests / (60 * minutes));
  return [
    `In the last recorded run (${date.slice(0, 10)}, Node.js ${machine.node.slice(1)}, ${minutes} minutes on ${machine.threads} processors, which the clients ` +
      `used as well), the good clients sent ${thousands(good.requests)} requests, ${perSecond} per second, of which ${good.failed} failed. Of the ` +
      `${thousands(bad.requests)} requests of bad clients, ${bad.unanswered} got no answer. The server used ` +
      `${thousands(memoryMegabytes.secondQuarter)} MB of memory in the second quarter of the run and ${thousands(memoryMegabytes.lastQuarter)} MB in the last. ` +
      (problems.length === 0 ? 'It reached all targets.' : `It missed targets: ${problems.join('; ')}.`),
    alignedTable(
      ['good clients', 'median', 'p99', 'maximum'],
      [row('all requests', good.latency), ...kinds.map(([kind, latency]) => row(kind, latency))],
    ),
  ].join('\n\n');
}
