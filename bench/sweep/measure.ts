/**
 * Measures hyperparameter sweeps, and writes bench/results/sweep.json and the chart in docs:
 * npm run bench:sweep -- [PART…]
 *
 * Other parts keep their results. `regret` and `table` need an interpreter with Optuna: INKLING_BENCH_PYTHON. `table` reads what
 * mnist/trainTable.ts has written.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describeEnvironment } from '../environment.js';
import { EPOCHS, readResults, TABLES } from './mnist/grid.js';
import { measureTableHalving } from './mnist/tableHalving.js';
import { measureTableRegret } from './mnist/tableRegret.js';
import { measureOverhead } from './overhead.js';
import { measureParallel } from './parallel.js';
import { measureRegret } from './regret.js';
import { regretChart } from './regretChart.js';
import { simulate } from './simulation.js';

const FILE = 'bench/results/sweep.json';
const CHART = 'docs/regret.svg';
const TABLE_CHART = 'docs/regret-mnist.svg';

/** A list of numbers, which is written on one line. */
const LIST = /\[[\s\d.,e+-]+\]/g;

/** About the time of an epoch of the report's network on MNIST with one thread, according to `parallel`. */
const SECONDS_PER_EPOCH = 10;

const parts = {
  parallel: measureParallel,
  overhead: measureOverhead,
  simulation: () => simulate({ workers: 1000, trials: 100_000, secondsPerEpoch: SECONDS_PER_EPOCH }),
  async regret() {
    const regret = measureRegret();
    writeFileSync(CHART, await regretChart(regret.functions));
    return regret;
  },
  async table() {
    const results = readResults(TABLES.mnist);
    const digits = readResults(TABLES.digits);
    const { curve, ...regret } = measureTableRegret(results);
    writeFileSync(TABLE_CHART, await regretChart([curve], 'linear'));
    return {
      images: results.images,
      combinations: results.curves.length,
      epochs: EPOCHS,
      regret: { ...regret, curve },
      halving: measureTableHalving(results),
      digits: { images: digits.images, halving: measureTableHalving(digits) },
    };
  },
};

const given = process.argv.slice(2);
const unknown = given.find((name) => !Object.hasOwn(parts, name));
if (unknown !== undefined)
  throw new Error(`unknown part ${unknown}; expected ${Object.keys(parts).join(', ')}`);
for (const [name, measure] of Object.entries(parts)) {
  if (given.length > 0 && !given.includes(name)) continue;
  const { machine, versions } = describeEnvironment();
  const result = { ...(await measure()), cpu: machine.cpu, cores: machine.cores, node: versions.node };
  const before: unknown = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};
  const text = JSON.stringify({ ...(before as object), [name]: result }, null, 1);
  writeFileSync(FILE, `${text.replace(LIST, (list) => list.replace(/\s+/g, ''))}\n`);
  console.log(`${name}: wrote ${FILE}`);
}
