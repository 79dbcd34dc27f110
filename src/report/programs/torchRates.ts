import { ONE_CYCLE, warmupEpochsOf } from '../../train/optimization/schedules.js';
import type { ReportRun } from '../reportRun.js';

/** A function of a PyTorch program that returns the learning rate of a step, counted from 0; nothing if the rate is constant. */
export function rateLines(config: ReportRun['config']): string[] {
  const { schedule, learningRate, epochs, stepEpochs, stepFactor } = config;
  const warmupEpochs = warmupEpochsOf(config);
  if (schedule === 'constant' && warmupEpochs === 0) return [];
  const start = [
    'def rate(step):',
    '    """The learning rate of a step, counted from 0."""',
    `    steps, highest = ${epochs} * len(train_loader), ${learningRate}`,
  ];
  if (schedule === 'one-cycle') {
    return [
      ...start,
      `    peak = ${warmupEpochs} * len(train_loader) - 1`,
      '    if step < peak:',
      `        first, last, share = highest / ${ONE_CYCLE.startDivisor}, highest, step / peak`,
      '    else:',
      `        first, last, share = highest, highest / ${ONE_CYCLE.endDivisor}, (step - peak) / (steps - 1 - peak)`,
      '    return last + (first - last) * (1 + math.cos(math.pi * share)) / 2',
    ];
  }
  const afterwards = {
    constant: 'highest',
    step: `highest * ${stepFactor} ** (step // (${stepEpochs} * len(train_loader)))`,
    cosine: 'highest * (1 + math.cos(math.pi * (step - warmup) / (steps - warmup))) / 2',
  }[schedule];
  return [
    ...start,
    `    warmup = round(${warmupEpochs} * len(train_loader))`,
    '    if step < warmup:',
    '        return highest * (step + 1) / warmup',
    `    return ${afterwards}`,
  ];
}
