import { ONE_CYCLE, type ScheduleSettings, warmupEpochsOf } from './schedules.js';

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
