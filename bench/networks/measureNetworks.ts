import { writeNetwork } from '../fixture.js';
import { batchSeconds, compare, type Effort, type Measurement, peakMegabytes } from '../measure.js';
import type { System } from '../system.js';
import { describeJob, isDecided, networkGoals } from './goals.js';
import { plannedMemory } from './plannedMemory.js';
import type { NetworkRow, Networks } from './results.js';
import { type Comparison, comparisons, entriesOf, titleOf } from './suites.js';
import { channelsLast, compiled } from './variants.js';

/** A comparison that leaves a goal undecided is repeated once with this many times as many rounds. */
const REPEATED_ROUNDS = 3;
/** Steps of large networks take seconds. */
const SLOW_WARMUP_SECONDS = 60;

/** What the measurement needs to know and to tell. */
interface Context {
  /** Those of the networks to compare. */
  readonly names: ReadonlySet<string>;
  readonly systems: readonly System[];
  /** The folder of the fixture. */
  readonly folder: string;
  readonly effort: Effort;
  readonly isQuick: boolean;
  /** Receives one line for each entry that could not be measured. */
  readonly notes: string[];
  readonly logProgress: (line: string) => void;
}

/** Compares Inkling with PyTorch, in all its variants, and ONNX Runtime on several networks. */
export async function measureNetworks(context: Context): Promise<Networks> {
  const { names, folder, isQuick, notes, logProgress } = context;
  const systems = context.systems.flatMap((system) => {
    if (system.family !== 'PyTorch') return [system];
    const layouts = [system, channelsLast(system)];
    if (isQuick) return layouts;
    const last = compiled(system);
    if (typeof last !== 'string') return [...layouts, last];
    notes.push(last);
    return layouts;
  });
  const effort = { ...context.effort, slowWarmupSeconds: SLOW_WARMUP_SECONDS };
  const all = comparisons.filter(({ model }) => names.has(model.name));
  const rows: NetworkRow[] = [];
  for (const [index, comparison] of all.entries()) {
    logProgress(`networks, ${index + 1} of ${all.length}: ${titleOf(comparison)}, batch ${comparison.batch}`);
    await writeNetwork(folder, comparison.model);
    rows.push(...(await measureDecisively(comparison, { ...context, systems, effort })));
  }
  return { rows, memory: all.map(plannedMemory) };
}

async function measureDecisively(comparison: Comparison, context: Context): Promise<readonly NetworkRow[]> {
  const { effort, isQuick, logProgress } = context;
  const rows = await measureOnce(comparison, context);
  const undecided = networkGoals({ rows, memory: [] }, process.versions.node).filter(
    (goal) => !isDecided(goal),
  );
  if (isQuick || undecided.length === 0) return rows;
  logProgress(`${undecided.map(describeJob).join('; ')}: not decided; measuring again`);
  const rounds = effort.rounds * REPEATED_ROUNDS;
  return measureOnce(comparison, { ...context, effort: { ...effort, rounds } });
}

async function measureOnce(
  comparison: Comparison,
  { systems, folder, effort, notes }: Context,
): Promise<readonly NetworkRow[]> {
  const { measurements, failures } = await compare(entriesOf(comparison, systems, folder), effort);
  notes.push(...failures.filter((line) => !notes.includes(line)));
  return measurements.map(rowOf);
}

export function rowOf(measurement: Measurement): NetworkRow {
  const { job, system } = measurement.entry;
  return {
    network: job.network,
    task: job.task,
    batch: job.batch,
    threads: job.threads,
    system: system.name,
    family: system.family,
    ...(system.variant && { variant: system.variant }),
    seconds: batchSeconds(measurement),
    startSeconds: measurement.startSeconds,
    peakMegabytes: peakMegabytes(measurement),
  };
}
