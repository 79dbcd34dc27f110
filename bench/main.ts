/** Measures Inkling and every installed peer, prints tables, and saves the results: see NOTES.md. */
import { rmSync } from 'node:fs';
import { messageOf } from '#inkling/core/errors.js';
import { measureCommand } from './command.js';
import { describeEnvironment } from './environment.js';
import { writeFixture, writeNetwork } from './fixture.js';
import { measureGpu } from './gpu/measureGpu.js';
import { measureInstalled } from './installed.js';
import { measureKernels } from './kernels.js';
import { compare } from './measure.js';
import { type Options, parseOptions, USAGE } from './options.js';
import { measureNetworks } from './networks/measureNetworks.js';
import { findPeers } from './peers.js';
import { comparisons, type Kernels, type Results, type Row, writeResults } from './results.js';
import { runProgram } from './runProgram.js';
import { comparisonSuites, rowOf, scalingNetworks, scalingSuites } from './suites.js';
import { inkling, type System } from './system.js';
import { formatResults } from './tables.js';

const KERNEL_STEPS = 100;
const QUICK_KERNEL_STEPS = 20;
/** Load average above which other processes distort the measurements. */
const BUSY_LOAD = 0.5;

await runProgram(parseOptions, USAGE, main);

async function main(options: Options): Promise<void> {
  const fixture = await writeFixture();
  try {
    const results = await measure(options, fixture);
    process.stdout.write(`\n${formatResults(results)}\n`);
    if (options.json !== undefined) await writeResults(options.json, results);
  } finally {
    rmSync(fixture, { recursive: true });
  }
}

async function measure(options: Options, fixture: string): Promise<Results> {
  const { parts, isQuick } = options;
  const environment = describeEnvironment();
  const { cpu, cores, loadBefore } = environment.machine;
  logProgress(`${cpu}, ${cores} cores, Node ${process.versions.node}, commit ${environment.commit}`);
  if (loadBefore > BUSY_LOAD)
    logProgress(`load average ${loadBefore}: other processes are running, so results will be low and noisy`);

  const { systems: peers, missing } = findPeers();
  const comparesPeers = comparisons.some((task) => parts.has(task));
  const skipped = isQuick && comparesPeers ? peers.filter(({ isSlow }) => isSlow) : [];
  const systems = [inkling, ...peers.filter((peer) => !skipped.includes(peer))];
  const notes = [...missing, ...skipped.map(({ name }) => `${name}: too slow for --quick`)];
  const rows = await measureSuites(options, systems, fixture, notes);
  const context = {
    ...{ names: options.networks, systems, folder: fixture },
    ...{ effort: options.effort, isQuick, notes, logProgress },
  };
  const networks = parts.has('networks') && (await measureNetworks(context));
  const gpu = parts.has('gpu') ? await measureGpu(context) : undefined;
  return {
    date: new Date().toISOString(),
    quick: isQuick,
    ...environment,
    rows,
    ...(networks && { networks }),
    ...(gpu && { gpu }),
    ...(parts.has('kernels') && { kernels: await measurePlan(fixture, isQuick) }),
    ...(parts.has('startup') && measureStartup(systems, fixture, isQuick, notes)),
    missing: notes,
  };
}

/** @param notes receives one line for each entry that could not be measured */
async function measureSuites(
  { parts, isQuick, effort }: Options,
  systems: readonly System[],
  fixture: string,
  notes: string[],
): Promise<Row[]> {
  const tasks = comparisons.filter((task) => parts.has(task));
  if (parts.has('scaling')) for (const model of scalingNetworks) await writeNetwork(fixture, model);
  const suites = [
    ...tasks.flatMap((task) => comparisonSuites(task, systems, fixture, isQuick)),
    ...(parts.has('scaling') ? scalingSuites(fixture, isQuick) : []),
  ];
  const rows: Row[] = [];
  for (const [index, suite] of suites.entries()) {
    const [{ task, job }] = suite;
    const position = `${index + 1} of ${suites.length}`;
    logProgress(`${position}: ${task}, batch ${job.batch}, threads ${job.threads}: ${suite.length} rows`);
    const measured = await compare(suite, effort);
    rows.push(...measured.measurements.map(rowOf));
    notes.push(...measured.failures);
  }
  return rows;
}

async function measurePlan(fixture: string, isQuick: boolean): Promise<Kernels> {
  logProgress('kernels');
  return measureKernels(fixture, isQuick ? QUICK_KERNEL_STEPS : KERNEL_STEPS);
}

/** @param notes receives one line if `inkling train` fails; earlier measurements are kept */
function measureStartup(
  systems: readonly System[],
  fixture: string,
  isQuick: boolean,
  notes: string[],
): Pick<Results, 'installed' | 'command'> {
  logProgress('inkling train');
  const installed = measureInstalled(systems);
  try {
    return { installed, command: measureCommand(fixture, isQuick) };
  } catch (error) {
    notes.push(messageOf(error));
    return { installed };
  }
}

/** Writes progress to standard error, so that standard output holds only the tables. */
function logProgress(line: string): void {
  process.stderr.write(`bench: ${line}\n`);
}
