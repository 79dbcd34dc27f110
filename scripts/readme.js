/**
 * Writes the tables of README.md and docs/ from the records in results/, between their markers. With --check it changes nothing
 * and fails when a table is not what the records say.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const RESULTS = 'results';
const PARITY = 'results/parity/mnist.json';
const LOAD = 'results/serve/load.json';
/** What else was tried for the recipe `fast`. */
const TRIALS = 'results/trials/fast.json';
/** What the report states. */
const CLAIMED = { 'report-cnn': '98.80 %', mlp: 'about 96 %' };

const records = readdirSync(RESULTS)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => JSON.parse(readFileSync(join(RESULTS, name), 'utf8')));

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (fraction) => `${(100 * fraction).toFixed(2)} %`;
const thousands = (value) => Math.round(value).toLocaleString('en-US');

function row(model) {
  const runs = records.filter((record) => record.model.name === model);
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
}

function resultsTable() {
  const [{ environment, epochs, dataset }] = records;
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
  const lines = [header, header.map(() => '---'), row('report-cnn'), row('mlp')];
  const { cpu, threads, node } = environment;
  return [
    ...lines.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    `${epochs.length} epochs of ${dataset.name.toUpperCase()}, ${thousands(dataset.train)} images, batches of 64; ` +
      `${threads} threads of an ${cpu}, Node.js ${node.slice(1)}. ` +
      'The records are in [results](results); `inkling reproduce --seed N` makes each again.',
  ].join('\n');
}

/** What `npm run bench:load` found: all of its rounds, and the worst of them. */
function servingText() {
  const { rounds, connections, machine } = JSON.parse(readFileSync(LOAD, 'utf8'));
  const total = (key) => rounds.reduce((sum, round) => sum + round[key], 0);
  const memory = rounds.map(({ memoryMegabytes }) => memoryMegabytes);
  const [least, most] = [Math.min(...memory), Math.max(...memory)].map((megabytes) => megabytes.toFixed(0));
  return (
    `${thousands(total('requests') / total('seconds'))} requests a second from ${connections} connections, each with the pixels of ` +
    `one digit as JSON; 99 % of them are answered within ${Math.max(...rounds.map(({ latency }) => latency.p99))} ms in the worst of ` +
    `${rounds.length} rounds, ${thousands(total('failed'))} of ${thousands(total('requests') + total('failed'))} failed, and memory ` +
    `stays between ${least} and ${most} MB. Server and clients shared ${machine.threads} threads of an ${machine.cpu}, ` +
    `Node.js ${machine.node.slice(1)}. The record is in [${LOAD}](${LOAD}); \`npm run bench:load -- ${LOAD}\` makes it again.`
  );
}

function parityTable() {
  const { seeds, means } = JSON.parse(readFileSync(PARITY, 'utf8'));
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
  const header = ['largest difference', ...seeds.map(({ seed }) => `seed ${seed}`), 'bound', 'of what'];
  const last = [
    means.what,
    difference(means.worst),
    ...seeds.slice(1).map(() => ''),
    difference(means.bound),
    means.unit,
  ];
  return [header, header.map(() => '---'), ...rows, last]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function trialsTable() {
  const header = ['epochs', 'batch', 'highest rate', 'seed', 'validation accuracy'];
  const rows = JSON.parse(readFileSync(TRIALS, 'utf8')).map((trial) => [
    trial.epochs,
    trial.batchSize,
    trial.learningRate,
    trial.seed,
    percent(trial.validationAccuracy),
  ]);
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A document with what stands between the markers of a table replaced. */
function withTable(text, marker, table) {
  const between = new RegExp(`(<!-- ${marker} -->\n)[^]*?(<!-- /${marker} -->)`);
  return text.replace(between, (_, start, end) => `${start}\n${table}\n\n${end}`);
}

const tables = [
  ['README.md', 'results', resultsTable()],
  ['README.md', 'serving', servingText()],
  ['docs/pytorch.md', 'parity', parityTable()],
  ['docs/recipes.md', 'trials', trialsTable()],
];
for (const [file, marker, table] of tables) {
  const before = readFileSync(file, 'utf8');
  const after = withTable(before, marker, table);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, after);
  } else if (after !== before) {
    console.error(`${file}: its tables are not those of results/; run "npm run readme"`);
    process.exit(1);
  }
}
