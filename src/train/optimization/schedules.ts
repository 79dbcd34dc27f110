import { InklingError } from '../../core/errors.js';

export const scheduleNames = ['constant', 'step', 'cosine', 'one-cycle'] as const;

/** How the learning rate goes on; the fields are the settings of the same names. */
export interface ScheduleSettings {
  readonly schedule: (typeof scheduleNames)[number];
  /** The highest rate. */
  readonly learningRate: number;
  readonly epochs: number;
  readonly warmupEpochs?: number | undefined;
  readonly stepEpochs: number;
  readonly stepFactor: number;
}

/** PyTorch's constants for one cycle: the share of the run that rises, and how much lower the rate starts and ends. */
export const ONE_CYCLE = { rise: 0.3, startDivisor: 25, endDivisor: 25 * 1e4 } as const;

/** How many epochs the rate rises for: what was set, or what goes with the schedule. */
export function warmupEpochsOf({ schedule, warmupEpochs, epochs }: ScheduleSettings): number {
  return warmupEpochs ?? (schedule === 'one-cycle' ? ONE_CYCLE.rise * epochs : 0);
}

/** Whether the rates of a run's first epochs depend on how many there are in all. */
export function spansRun({ schedule }: ScheduleSettings): boolean {
  return schedule === 'cosine' || schedule === 'one-cycle';
}

/** @throws {InklingError} when a part of the schedule does not fit into the run */
export function checkSchedule(settings: ScheduleSettings): void {
  const { schedule, epochs, stepEpochs } = settings;
  const warmupEpochs = warmupEpochsOf(settings);
  if (warmupEpochs >= epochs) {
    throw new InklingError(
      `config: warmupEpochs: a warm-up of ${warmupEpochs} epochs leaves nothing of a run of ${epochs}; ` +
        'expected less than epochs',
    );
  }
  if (schedule === 'step' && stepEpochs >= epochs) {
    throw new InklingError(
      `config: stepEpochs: the first step, after ${stepEpochs} epochs, is not within a run of ${epochs}; ` +
        'expected less than epochs',
    );
  }
}

/**
 * The learning rate of each step of a run, counted from 0. Without a warm-up the rates are those of PyTorch's schedulers
 * `StepLR`, `CosineAnnealingLR` and `OneCycleLR`, moved once a step. A warm-up rises linearly to the full rate at its last
 * step; the cosine spans what is left behind it. One cycle has a rise of its own.
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

/** From one value to another along half a cosine; `share` runs from 0 to 1. */
function cosine(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
}
