import { InklingError } from '../../core/errors.js';

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

/** @throws {InklingError} when the warmup or the first step is not shorter than the run */
export function checkSchedule(settings: ScheduleSettings): void {
  const { schedule, epochs, stepEpochs } = settings;
  const warmupEpochs = warmupEpochsOf(settings);
  if (warmupEpochs >= epochs) {
    throw new InklingError(
      `config: warmupEpochs: expected less than the ${epochs} epochs of the run, got ${warmupEpochs}`,
    );
  }
  if (schedule === 'step' && stepEpochs >= epochs) {
    throw new InklingError(
      `config: stepEpochs: expected less than the ${epochs} epochs of the run, got ${stepEpochs}`,
    );
  }
}

/**
 * The learning rate of each step of a run, counted from 0. Without a warmup, the rates are those of PyTorch's schedulers
 * `StepLR`, `CosineAnnealingLR` and `OneCycleLR`, updated once per step. The warmup rises linearly to the full rate at its
 * last step, and the cosine spans the remaining steps. `one-cycle` includes its own warmup.
 */
export function learningRates(settings: ScheduleSettings, stepsPerEpoch: number): (step: number) => number {
  const { schedule, learningRate, epochs, stepEpochs, stepFactor } = settings;
  const steps = epochs * stepsPerEpoch;
  const warmup = warmupEpochsOf(settings) * stepsPerEpoch;
  if (schedule === 'one-cycle') return (step) => oneCycleRate(learningRate, step, warmup - 1, steps - 1);
  const rise = Math.round(warmup);
  return (step) => {
    if (step < rise) return (learningRate * (step + 1)) / rise;
    switch (schedule) {
      case 'constant':
        return learningRate;
      case 'step':
        return learningRate * stepFactor ** Math.floor(step / (stepEpochs * stepsPerEpoch));
      case 'cosine':
        return cosine(learningRate, 0, (step - rise) / (steps - rise));
    }
  };
}

/** Source: Smith and Topin, "Super-Convergence", 2018; the halves are cosines, as in PyTorch. */
function oneCycleRate(highest: number, step: number, peak: number, last: number): number {
  if (step < peak) return cosine(highest / ONE_CYCLE.startDivisor, highest, step / peak);
  return cosine(highest, highest / ONE_CYCLE.endDivisor, (step - peak) / (last - peak));
}

/** Cosine annealing from one value to another, for a `share` from 0 to 1. */
function cosine(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
}
