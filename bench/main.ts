/** Measures Inkling and every peer it finds, prints tables and keeps the results: see NOTES.md. */
import { rmSync } from 'node:fs';
import { InklingError, UsageError } from '#inkling/core/errors.js';
import { measureCommand } from './command.js';
import { describeSurroundings } from './environment.js';
import { writeFixture } from './fixture.js';
import { measureInstalled } from './installed.js';
import { measureKernels } from './kernels.js';
import { compare } from './measure.js';
import { type Options, parseOptions, USAGE } from './options.js';
import { findPeers } from './peers.js';
import { comparisons, type Results, type Row, writeResults } from './results.js';
import { comparisonSuites, scalingSuites } from './suites.js';
import { inkling } from './system.js';
import { formatResults } from './tables.js';

const KERNEL_STEPS = 100;
const QUICK_KERNEL_STEPS = 20;
/** From here on other processes take a good part of a core. */
const BUSY_LOAD = 0.5;

try {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) console.log(USAGE);
  else await main(options);
} catch (error) {
  if (!(error instanceof InklingError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function main(options: Options): Promise<void> {
  const fixture = writeFixture();
  try {
    const results = await measure(options, fixture);
    process.stdout.write(`\n${formatResults(results)}\n`);
    if (options.json !== undefined) await writeResults(options.json, results);
  } finally {
    rmSync(fixture, { recursive: true });
  }
}

async function measure({ parts, isQuick, effort }: Options, fixture: string): Promise<Results> {
  const surroundings = describeSurroundings();
  const { cpu, cores, loadBefore } = surroundings.machine;
  say(`${cpu}, ${cores} cores, Node ${process.versions.node}, commit ${surroundings.commit}`);
  if (loadBefore > BUSY_LOAD) say(`load ${loadBefore}: other processes run, figures will be low and noisy`);

  const { systems: peers, missing } = findPeers();
  const leftOut = isQuick ? peers.filter(({ isSlow }) => isSlow) : [];
  const systems = [inkling, ...peers.filter((peer) => !leftOut.includes(peer))];
  const suites = [
    ...comparisons.flatMap((task) =>
      parts.has(task) ? comparisonSuites(task, systems, fixture, isQuick) : [],
    ),
    ...(parts.has('scaling') ? scalingSuites(fixture, isQuick) : []),
  ];
  const installed = parts.has('startup') ? measureInstalled(systems) : [];
  const rows: Row[] = [];
  const failures: string[] = [];
  for (const [index, suite] of suites.entries()) {
    const [{ task, job }] = suite;
    say(
      `${index + 1} of ${suites.length}: ${task}, batch ${job.batch}, threads ${job.threads}: ${suite.length} rows`,
    );
    const measured = await compare(suite, effort);
    rows.push(...measured.rows);
    failures.push(...measured.failures);
  }
  if (parts.has('kernels')) say('kernels');
  const kernels = parts.has('kernels')
    ? await measureKernels(fixture, isQuick ? QUICK_KERNEL_STEPS : KERNEL_STEPS)
    : undefined;
  if (parts.has('startup')) say('inkling train');
  const command = parts.has('startup') ? measureCommand(fixture, isQuick) : undefined;
  return {
    date: new Date().toISOString(),
    quick: isQuick,
    ...surroundings,
    rows,
    ...(kernels && { kernels }),
    ...(command && { command }),
    installed,
    missing: [...missing, ...leftOut.map(({ name }) => `${name}: too slow for --quick`), ...failures],
  };
}

/** Progress goes where it does not mix with the tables. */
function say(line: string): void {
  process.stderr.write(`bench: ${line}\n`);
}
