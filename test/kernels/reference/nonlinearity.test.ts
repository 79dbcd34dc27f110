import { describe, expect, it } from 'vitest';
import { normalDistribution } from '#inkling/kernels/reference/lib/normal.js';
import type { PlanBuilder } from '#inkling/plan/builder.js';
import type { Nonlinearity } from '#inkling/plan/ops.js';
import { expectGradients } from '../../helpers/gradients.js';
import { runOf } from '../../helpers/referenceRun.js';

function apply(builder: PlanBuilder, nonlinearity: Nonlinearity, size: number) {
  const [input, output, outputGrad, inputGrad] = ['input', 'output', 'outputGrad', 'inputGrad'].map(
    (name, index) => builder.perImage(name, [1, 1, size], { halo: [index % 2, index] }),
  );
  builder.add({ op: 'nonlinearity', reads: { input }, writes: { output }, nonlinearity });
  builder.add({ op: 'nonlinearityGrad', reads: { input, outputGrad }, writes: { inputGrad }, nonlinearity });
  return { input, output, outputGrad, inputGrad };
}

const AT = [-6, -2.5, -1, -0.25, 0, 0.5, 1.75, 4];

const SIXTHS = Array.from({ length: 6 }, () => 1 / 6);

/** The results of PyTorch in double precision for the inputs above. */
const TORCH: readonly [Nonlinearity, values: number[], slopes: number[]][] = [
  [
    { kind: 'leakyRelu', slope: 0.2 },
    [-1.2, -0.5, -0.2, -0.05, 0, 0.5, 1.75, 4],
    [0.2, 0.2, 0.2, 0.2, 0.2, 1, 1, 1],
  ],
  [
    { kind: 'silu' },
    [
      -0.0148357389398086, -0.189645450053109, -0.268941421369995, -0.10945587477855, 0, 0.311229665600927,
      1.49091740344454, 3.92805516015163,
    ],
    [
      -0.0123264325915255, -0.0994011113415268, 0.0723294881285133, 0.376289978429802, 0.5, 0.739961187302652,
      1.07267894604496, 1.05266461489107,
    ],
  ],
  [
    { kind: 'gelu' },
    [
      -5.91952586947997e-9, -0.0155241633144404, -0.158655253931457, -0.100323418579269, 0, 0.345731230637007,
      1.67989647548832, 3.99987331503267,
    ],
    [
      -3.54687094540264e-8, -0.0376110859081452, -0.0833154705876863, 0.304626645116364, 0.5,
      0.867495124656163, 1.11092615108258, 1.00050364966123,
    ],
  ],
  [
    { kind: 'sigmoid' },
    [
      0.00247262315663477, 0.0758581800212435, 0.268941421369995, 0.437823499114202, 0.5, 0.622459331201855,
      0.851952801968311, 0.982013790037908,
    ],
    [
      0.00246650929136005, 0.0701037165451081, 0.196611933241482, 0.246134082737598, 0.25, 0.235003712201594,
      0.126129225186655, 0.0176627062132911,
    ],
  ],
  [{ kind: 'hardSigmoid' }, [0, 1 / 12, 1 / 3, 11 / 24, 1 / 2, 7 / 12, 19 / 24, 1], [0, ...SIXTHS, 0]],
  [
    { kind: 'hardSwish' },
    [0, -5 / 24, -1 / 3, -11 / 96, 0, 7 / 24, 133 / 96, 4],
    [0, -1 / 3, 1 / 6, 5 / 12, 1 / 2, 2 / 3, 13 / 12, 1],
  ],
];

describe.each(TORCH)('%o', (nonlinearity, values, slopes) => {
  it('matches PyTorch’s values and derivatives', () => {
    const { run, tensors } = runOf(1, (builder) => apply(builder, nonlinearity, AT.length));
    run.set(tensors.input, AT);
    run.set(tensors.outputGrad, () => 1);
    run.run();
    run.get(tensors.output).forEach((value, i) => {
      expect(value).toBeCloseTo(values[i], 13);
    });
    run.get(tensors.inputGrad).forEach((slope, i) => {
      expect(slope).toBeCloseTo(slopes[i], 13);
    });
  });

  it('gradients match finite differences', () => {
    expectGradients({ batchSize: 3, count: 2, seed: 5 }, (builder) => {
      const { input, output, outputGrad, inputGrad } = apply(builder, nonlinearity, 7);
      return { output, outputGrad, gradients: [[input, inputGrad]] };
    });
  });
});

it.each<[Nonlinearity['kind'] & `hard${string}`, slopes: number[]]>([
  ['hardSigmoid', [0, 0]],
  ['hardSwish', [0, 1]],
])('has PyTorch’s slopes at the bounds: %s', (kind, slopes) => {
  const { run, tensors } = runOf(1, (builder) => apply(builder, { kind }, 2));
  run.set(tensors.input, [-3, 3]);
  run.set(tensors.outputGrad, () => 1);
  run.run();
  expect(run.get(tensors.inputGrad)).toEqual(slopes);
});

it('computes the normal distribution function up to its tails', () => {
  expect([-40, -10.5, 0, 10.5, 40].map(normalDistribution)).toEqual([0, 0, 0.5, 1, 1]);
  expect(normalDistribution(1.959963984540054)).toBeCloseTo(0.975, 15);
  expect(normalDistribution(NaN)).toBeNaN();
});
