import { describe, expect, it } from 'vitest';
import { predictCost } from '#inkling/sweep/pruners/predict.js';
import { type NextTraining, Promotion } from '#inkling/sweep/pruners/promotion.js';
import type { Direction, Trial } from '#inkling/sweep/trial.js';

const EPOCHS = 16;

/** Trains what a promotion decides on, one trial after the other. */
class Course {
  readonly trials: Trial[] = [];
  readonly #target: number;
  readonly #curve: (trial: number, epoch: number) => number;
  promotion: Promotion;

  constructor(target: number, curve: (trial: number, epoch: number) => number, group = Infinity) {
    [this.#target, this.#curve] = [target, curve];
    this.promotion = new Promotion({ direction: 'maximize', epochs: EPOCHS, group });
  }

  next(active = 0): NextTraining | undefined {
    return this.promotion.next({ trials: this.trials, target: this.#target, active });
  }

  /** @returns `3: 1` if trial 3 was trained until epoch 1 */
  train(training: NextTraining, outcome: 'trained' | 'failed' = 'trained'): string {
    const isNew = training.type === 'start';
    const number = isNew ? this.trials.length : training.trial;
    const until = isNew ? this.promotion.first : training.until;
    const length = until ?? EPOCHS;
    const epochs = new Map(Array.from({ length }, (_, index) => [index + 1, this.#curve(number, index + 1)]));
    const state = outcome === 'failed' ? 'failed' : until === undefined ? 'complete' : 'running';
    const rest = { params: {}, value: undefined, run: `trial-${number}`, error: undefined };
    this.trials[number] = { number, state, epochs, until, ...rest };
    if (state === 'running') this.promotion.pause(this.trials[number]);
    if (state === 'failed') this.promotion.fail(this.trials[number]);
    return `${number}: ${length}`;
  }

  /** Trains until there is nothing else to train. */
  finish(): string[] {
    const trained: string[] = [];
    for (let next = this.next(); next !== undefined; next = this.next()) trained.push(this.train(next));
    return trained;
  }
}

/** The later a trial, the better it is. */
const rising = (trial: number, epoch: number) => 0.5 + 0.01 * trial + 0.001 * epoch;
const starts = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => `${first + index}: 1`);

describe('trials that are paused and promoted', () => {
  it('are started first; then the better half and of these the best third are continued', () => {
    expect(new Course(12, rising).finish()).toEqual([
      ...starts(12),
      ...['11: 2', '10: 2', '9: 2', '8: 2', '7: 2', '6: 2'],
      ...['11: 16', '10: 16'],
    ]);
  });

  it('are continued in groups if the sampler is to learn from them', () => {
    expect(new Course(12, rising, 6).finish()).toEqual([
      ...starts(6),
      ...['5: 2', '4: 2', '3: 2', '5: 16'],
      ...starts(6, 6),
      // As many as of all trials at once, although more are better than those that were continued before.
      ...['11: 2', '10: 2', '9: 2', '11: 16'],
    ]);
  });

  it('are continued by what their epochs predict, not by the last one', () => {
    // After two epochs, the errors are 0.3 and 0.2; those of power laws after 16 are 0.3 * 2 ** -3 and 0.2 * 2 ** -0.6.
    const slow = (epoch: number) => 0.6 * epoch ** -1;
    const fast = (epoch: number) => 0.2 * (epoch / 2) ** -0.2;
    const course = new Course(4, (trial, epoch) => 1 - [slow(epoch), fast(epoch), 0.9, 0.9][trial]);
    expect(course.finish().slice(4)).toEqual(['1: 2', '0: 2', '0: 16']);
  });

  it('do not wait for others that are being trained', () => {
    const course = new Course(4, rising);
    for (const expected of ['0: 1', '1: 1']) expect(course.train({ type: 'start' })).toBe(expected);
    const running = { params: {}, value: undefined, run: undefined, error: undefined, until: 1 };
    for (const number of [2, 3]) {
      course.trials.push({ number, state: 'running', epochs: new Map(), ...running });
    }
    expect(course.next(2)).toEqual({ type: 'continue', trial: 1, until: 2 });
    expect(course.next(3)).toBeUndefined();
  });

  it('take the places of those that failed, and one is trained to its end if no other was', () => {
    const course = new Course(4, rising);
    for (let trial = 0; trial < 4; trial++) course.train({ type: 'start' });
    const failing = course.next();
    expect(failing).toEqual({ type: 'continue', trial: 3, until: 2 });
    if (failing !== undefined) course.train(failing, 'failed');
    // One of three is the better half.
    expect(course.finish()).toEqual(['2: 2', '2: 16']);

    const all = new Course(2, rising);
    expect([0, 1].map(() => all.train({ type: 'start' }))).toEqual(['0: 1', '1: 1']);
    for (const trial of [1, 0]) {
      const next = all.next();
      expect(next).toEqual({ type: 'continue', trial, until: 2 });
      if (next !== undefined) all.train(next, 'failed');
    }
    expect(all.next()).toBeUndefined();
    expect(new Course(1, rising).finish()).toEqual(['0: 1', '0: 2', '0: 16']);
  });

  it('are continued in the same way after the sweep was interrupted, also if the last training was lost', () => {
    const whole = new Course(9, rising).finish();
    for (let stop = 1; stop < whole.length; stop++) {
      for (const isLost of [false, true]) {
        const course = new Course(9, rising);
        let last = '';
        for (let step = 0; step < stop; step++) {
          const next = course.next();
          if (next !== undefined) last = course.train(next);
        }
        course.promotion = new Course(9, rising).promotion;
        const repeated = isLost ? course.trials[parseInt(last)] : undefined;
        for (const trial of course.trials) course.promotion.add(trial, trial === repeated);
        if (repeated !== undefined) course.promotion.pause(repeated);
        expect(course.finish()).toEqual(whole.slice(stop));
      }
    }
  });

  it('are continued as before when a sweep that has ended is extended, also one with trials of another program', () => {
    const ended = new Course(12, rising);
    ended.finish();
    const { trials } = ended;
    const extend = (known: readonly Trial[]) => {
      const course = new Course(known.length + 12, rising);
      for (const trial of known) {
        course.trials.push(trial);
        course.promotion.add(trial);
      }
      return course.finish();
    };
    // As a sweep of 24 trials, of which 12 and 4 are continued, 6 and 2 of them before.
    const pruned = trials.map((trial) =>
      trial.state === 'running' ? { ...trial, state: 'pruned' as const } : trial,
    );
    expect(extend(pruned)).toEqual([
      ...starts(12, 12),
      ...['23: 2', '22: 2', '21: 2', '20: 2', '19: 2', '18: 2'],
      ...['23: 16', '22: 16'],
    ]);
    const foreign = trials.map((trial) => ({
      ...trial,
      state: 'complete' as const,
      until: undefined,
      run: undefined,
    }));
    expect(extend(foreign).filter((training) => !training.endsWith(': 1'))).toHaveLength(8);
  });

  it('are not paused if they have too few epochs', () => {
    const first = (epochs: number) => new Promotion({ direction: 'maximize', epochs, group: Infinity }).first;
    expect([1, 2, 16, 31, 100].map(first)).toEqual([undefined, 1, 1, 1, 6]);
  });
});

describe('predictCost', () => {
  it.each<[Direction, (error: number) => number]>([
    ['maximize', (error) => 1 - error],
    ['minimize', (error) => error],
  ])('continues a power law, to %s the metric', (direction, valueOf) => {
    const values = [1, 2, 3, 4].map((epoch) => valueOf(0.5 * epoch ** -0.75));
    expect(predictCost(values, 16, direction)).toBeCloseTo(Math.log(0.5 * 16 ** -0.75), 10);
    expect(predictCost(values.slice(0, 1), 16, direction)).toBeCloseTo(Math.log(0.5), 10);
  });

  it('puts trials with a loss that is not finite last', () => {
    expect(predictCost([1, NaN], 16, 'minimize')).toBe(Infinity);
    expect(predictCost([1, 1], 16, 'maximize')).toBeLessThan(0);
  });
});
