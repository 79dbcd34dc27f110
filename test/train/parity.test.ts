import { beforeAll, describe, expect, test } from 'vitest';
import { catalog } from '#inkling/data/catalog.js';
import { loadDataset } from '#inkling/data/load.js';
import { locate } from '#inkling/data/locate.js';
import type { Dataset } from '#inkling/data/dataset.js';
import { golden, noGolden } from '../helpers/golden.js';
import { type ReportStart, startReport, torchStart } from '../helpers/report.js';

/**
 * Convolution biases in front of BatchNorm have a true gradient of zero. Adam makes steps of whatever rounding leaves of
 * it, each as long as the learning rate at most.
 */
const CONV_BIASES = ['layer1.0.bias', 'layer2.0.bias'];
const STEP = 0.001;

/** They start from zero, so that their norm is no more than the way they went, and small differences look larger. */
const NORM_BIASES = ['layer1.1.bias', 'layer2.1.bias'];

interface Bounds {
  /** Of the first ten losses. */
  readonly losses: number;
  /** Of the state after ten steps, as a share of each tensor's norm. */
  readonly state: number;
  readonly normBiases: number;
}

const BOUNDS: Bounds = { losses: 1e-5, state: 1e-4, normBiases: 3e-4 };

/**
 * With seed 2 the first gradient of one weight of layer2.0 is -1.07e-8, in double precision. That is the size of the
 * epsilon that Adam divides by, so rounding decides how far the weight goes: PyTorch has -0.92e-8 there.
 */
const BOUNDS_OF_SEED_2: Bounds = { losses: 1e-4, state: 5e-4, normBiases: 5e-3 };

/** The real MNIST; undefined where it is not at hand. */
async function loadMnist(): Promise<Dataset | undefined> {
  const folder = process.env.INKLING_DATA_DIR;
  const mnist = catalog.find(({ name }) => name === 'mnist');
  if (!folder || mnist === undefined || locate(mnist, [folder]).folder === undefined) return undefined;
  return loadDataset({ name: 'mnist', dataDir: folder, environment: {} });
}

const mnist = await loadMnist();

describe.each([
  [0, 100, BOUNDS],
  [1, 10, BOUNDS],
  [2, 10, BOUNDS_OF_SEED_2],
])('seed %i', (seed, steps, bounds) => {
  const torch = torchStart(seed);
  const record = golden(seed);
  let ours: Awaited<ReturnType<typeof startReport>> | undefined;
  beforeAll(async () => {
    if (mnist !== undefined && torch !== undefined) ours = await startReport(mnist, seed, steps);
  });

  const compare = (
    name: string,
    check: (ours: ReportStart & { losses: number[] }, torch: ReportStart) => void,
  ) => {
    test(name, ({ skip }) => {
      if (mnist === undefined) skip('no MNIST: INKLING_DATA_DIR is not set, or has none');
      if (ours === undefined || torch === undefined) skip(noGolden);
      else check(ours, torch);
    });
  };

  compare('starts from PyTorch’s weights, and its running statistics after the probe', (ours, torch) => {
    expect([...ours.initial.keys()]).toEqual([...torch.initial.keys()]);
    for (const [name, values] of torch.initial) {
      const most = Math.max(
        ...pairs(ours.initial, name, values).map(([a, b]) => Math.abs(ordinal(a) - ordinal(b))),
      );
      expect(most, name).toBeLessThanOrEqual(name.includes('running') ? 1 : 0);
    }
  });

  compare('has PyTorch’s gradients in the first step', (ours, torch) => {
    expect([...ours.gradients.keys()]).toEqual([...torch.gradients.keys()]);
    for (const [name, values] of torch.gradients) {
      const largest = Math.max(...values.map(Math.abs));
      // Both are rounding noise in place of zero.
      const noise = Math.max(...(ours.gradients.get(name) ?? []).map(Math.abs), largest);
      if (CONV_BIASES.includes(name)) expect(noise, name).toBeLessThan(1e-3);
      else expect(furthest(ours.gradients, name, values) / largest, name).toBeLessThan(1e-4);
    }
  });

  compare('has PyTorch’s losses', ({ losses }) => {
    const expected = record?.step_losses.slice(0, steps) ?? [];
    expect(expected).toHaveLength(steps);
    const differences = losses.map((loss, step) => Math.abs(loss - expected[step]));
    expect(Math.max(...differences.slice(0, 10))).toBeLessThan(bounds.losses);
    expect(Math.max(...differences)).toBeLessThan(1e-2);
  });

  compare('has PyTorch’s state after ten steps', (ours, torch) => {
    for (const [name, values] of torch.afterTen) {
      const norm = Math.hypot(...values);
      if (CONV_BIASES.includes(name)) {
        const start = torch.initial.get(name) ?? new Float32Array();
        for (const biases of [ours.afterTen, torch.afterTen]) {
          expect(furthest(biases, name, start), name).toBeLessThanOrEqual(10 * STEP);
        }
      } else if (name.endsWith('running_mean')) {
        expect(furthest(ours.afterTen, name, values), name).toBeLessThan(biasShare() + bounds.state * norm);
      } else {
        const distance = Math.hypot(...pairs(ours.afterTen, name, values).map(([a, b]) => a - b));
        expect(distance / norm, name).toBeLessThan(
          NORM_BIASES.includes(name) ? bounds.normBiases : bounds.state,
        );
      }
    }
  });
});

/**
 * How far the biases of a convolution can push two running means apart in ten steps: in front of step n, each bias is at
 * most n steps from where both started, and a tenth of the difference goes into the means, which then decay.
 */
function biasShare(): number {
  return Array.from({ length: 10 }, (_, n) => 0.1 * 0.9 ** (9 - n) * 2 * n * STEP).reduce((a, b) => a + b);
}

function pairs(
  ours: ReportStart['initial'],
  name: string,
  values: Float32Array,
): [ours: number, torch: number][] {
  const own = ours.get(name);
  if (own?.length !== values.length) throw new Error(`${name} has ${own?.length ?? 'no'} values`);
  return Array.from(values, (value, i) => [own[i], value]);
}

/** The largest difference of two tensors of the same name. */
function furthest(ours: ReportStart['initial'], name: string, values: Float32Array): number {
  return Math.max(...pairs(ours, name, values).map(([a, b]) => Math.abs(a - b)));
}

/** A float32's place among all float32, in ascending order. */
function ordinal(value: number): number {
  const bits = new Int32Array(Float32Array.of(value).buffer)[0];
  return bits < 0 ? -(bits & 0x7fffffff) : bits;
}
