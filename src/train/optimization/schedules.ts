import type { ErrorClass } from '../../core/errors.js';
import { formatPlural } from '../../core/format.js';

export const scheduleNames = ['constant', 'step', 'cosine', 'one-cycle'] as const;

/** Settings of the learning rate schedule; see the settings of the same names. */
export interface ScheduleSettings {
  readonly schedule: (typeof scheduleNames)[number];
  /** The maximum rate. */
  readonly learningRate: number;
  readonly epochs: number;
  readonly warmupEpochs?: number | undefined;
  readonly stepEpochs: number;
  readonly stepFactor: number;
}

/** PyTorch's defaults for `OneCycleLR`: the fraction of steps in which the rate rises, and the divisors of its first and last value. */
export const ONE_CYCLE = { rise: 0.3, startDivisor: 25, endDivisor: 25 * 1e4 } as const;

/** The number of warmup epochs: as configured, or the schedule's default. */
export function warmupEpochsOf({ schedule, warmupEpochs, epochs }: ScheduleSettings): number {
  return warmupEpochs ?? (schedule === 'one-cycle' ? ONE_CYCLE.rise * epochs : 0);
}

/** Whether the rate of a step depends on the total number of epochs. */
export function spansRun({ schedule }: ScheduleSettings): boolean {
  return schedule === 'cosine' || schedule === 'one-cycle';
}

/** @throws {Thrown} when the warmup or the first step is not shorter than the run */
export function checkSchedule(settings: ScheduleSettings, Thrown: ErrorClass): void {
  const { schedule, epochs, stepEpochs } = settings;
  const warmupEpochs = warmupEpochsOf(settings);
  for (const [name, value] of Object.entries({ warmupEpochs, ...(schedule === 'step' && { stepEpochs }) })) {
    if (value < epochs) continue;
    throw new Thrown(
      `config: ${name}: expected less than ${formatPlural(epochs, 'epoch')}, the length of the run, got ${value}`,
    );
  }
}
