import { describe, expect, test } from 'vitest';
import { learningRates } from '#inkling/train/optimization/learningRates.js';
import { type ScheduleSettings, warmupEpochsOf } from '#inkling/train/optimization/schedules.js';

const STEPS = 10;
const settings: ScheduleSettings = {
  schedule: 'constant',
  learningRate: 0.1,
  epochs: 5,
  stepEpochs: 2,
  stepFactor: 0.5,
};

/** The learning rates of ten steps, two per epoch. */
function ratesOf(changes: Partial<ScheduleSettings>): number[] {
  const rateOf = learningRates({ ...settings, ...changes }, 2);
  return Array.from({ length: STEPS }, (_, step) => rateOf(step));
}

// Ten steps of PyTorch's schedulers in float64, with a learning rate of 0.1.
const golden: [what: string, changes: Partial<ScheduleSettings>, rates: number[]][] = [
  [
    'StepLR(step_size=4, gamma=0.5)',
    { schedule: 'step' },
    [0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.025, 0.025],
  ],
  [
    'CosineAnnealingLR(T_max=10)',
    { schedule: 'cosine' },
    [
      0.1, 0.09755282581475769, 0.09045084971874738, 0.07938926261462367, 0.06545084971874739, 0.05,
      0.03454915028125264, 0.020610737385376353, 0.009549150281252635, 0.002447174185242324,
    ],
  ],
  [
    'SequentialLR of LinearLR(start_factor=1/4, total_iters=3) and CosineAnnealingLR(T_max=6)',
    { schedule: 'cosine', warmupEpochs: 2 },
    [0.025, 0.05, 0.075, 0.1, 0.1, 0.09330127018922195, 0.075, 0.05, 0.025, 0.006698729810778065],
  ],
  [
    'OneCycleLR(max_lr=0.1, total_steps=10)',
    { schedule: 'one-cycle' },
    [
      0.004, 0.052, 0.1, 0.09504846320134738, 0.0811745653949763, 0.06112620219362893, 0.03887419780637107,
      0.0188258346050237, 0.004951936798652629, 4e-7,
    ],
  ],
  [
    'OneCycleLR(max_lr=0.1, total_steps=10, pct_start=0.2)',
    { schedule: 'one-cycle', warmupEpochs: 1 },
    [
      0.004, 0.1, 0.09619399184965784, 0.08535539763797113, 0.06913429508156803, 0.0500002,
      0.03086610491843199, 0.014645002362028864, 0.0038064081503421656, 4e-7,
    ],
  ],
];

test.each(golden)('gives the learning rates of %s', (_what, changes, expected) => {
  const rates = ratesOf(changes);
  rates.forEach((rate, step) => {
    expect(rate, `step ${step}`).toBeCloseTo(expected[step], 12);
  });
});

describe('a constant learning rate', () => {
  test('is bit-identical in every step', () => {
    expect(ratesOf({})).toEqual(Array(STEPS).fill(0.1));
  });

  test('can have a warmup, also shorter than an epoch', () => {
    expect(ratesOf({ warmupEpochs: 0.5 })).toEqual(Array(STEPS).fill(0.1));
    expect(ratesOf({ warmupEpochs: 1 }).slice(0, 3)).toEqual([0.05, 0.1, 0.1]);
  });
});

test('step schedules count epochs from the start of the run, including the warmup', () => {
  expect(ratesOf({ schedule: 'step', warmupEpochs: 1 })).toEqual([
    0.05, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.025, 0.025,
  ]);
});

test('by default, only one-cycle has a warmup, of 30 % of the run', () => {
  expect(warmupEpochsOf({ ...settings, schedule: 'one-cycle' })).toBe(1.5);
  expect(warmupEpochsOf({ ...settings, schedule: 'cosine' })).toBe(0);
  expect(warmupEpochsOf({ ...settings, schedule: 'one-cycle', warmupEpochs: 0 })).toBe(0);
});

test('every learning rate of one-cycle is positive, even in the shortest runs', () => {
  for (const warmupEpochs of [0, 0.25, 0.5, 0.75]) {
    for (const stepsPerEpoch of [2, 3, 4]) {
      const rateOf = learningRates(
        { ...settings, schedule: 'one-cycle', epochs: 1, warmupEpochs },
        stepsPerEpoch,
      );
      for (let step = 0; step < stepsPerEpoch; step++) expect(rateOf(step)).toBeGreaterThan(0);
    }
  }
});
