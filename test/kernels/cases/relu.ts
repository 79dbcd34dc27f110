import type { Pair } from '#inkling/core/shape.js';
import type { ReluOp } from '#inkling/plan/ops/relu.js';
import type { CasesOf, GradientCase } from '../harness/opCases.js';
import type { OpDraw } from '../harness/opDraw.js';
import { inputToOutput } from '../harness/opInputs.js';

export const cases: CasesOf<ReluOp['op']> = {
  relu: {
    accuracy: 'exact',
    draw: (draw) => ({ op: 'relu', ...inputToOutput(draw), maximum: maximumOf(draw) }),
  },
  reluGrad: {
    accuracy: 'exact',
    draw(draw) {
      const shape = draw.anyShape();
      const outputGrad = draw.items('outputGrad', shape);
      const inputGrad = draw.index % 2 === 0 ? outputGrad : draw.items('inputGrad', shape);
      return {
        op: 'reluGrad',
        reads: { output: draw.items('output', shape), outputGrad },
        writes: { inputGrad },
        maximum: maximumOf(draw),
      };
    },
  },
};

/** Infinity, or a maximum that some of the values exceed. */
function maximumOf(draw: OpDraw): number {
  return draw.index % 4 < 2 ? Infinity : 0.5;
}

const VARIANTS: readonly (Record<'output' | 'gradient', Pair> & { readonly maximum: number })[] = [
  { output: [0, 0], gradient: [0, 0], maximum: Infinity },
  { output: [1, 2], gradient: [2, 1], maximum: 0.5 },
];

export const gradients: readonly GradientCase[] = VARIANTS.map(({ maximum, ...halos }) => ({
  name: `relu, at most ${maximum}, halos ${JSON.stringify(halos)}`,
  batchSize: 3,
  count: 2,
  build(builder) {
    const input = builder.perImage('input', [3, 2, 5], { halo: [0, 1] });
    const output = builder.perImage('output', [3, 2, 5], { halo: halos.output });
    const outputGrad = builder.perImage('outputGrad', [3, 2, 5], { halo: halos.gradient });
    const inputGrad = builder.perImage('inputGrad', [3, 2, 5], { halo: halos.gradient });
    builder.add({ op: 'relu', reads: { input }, writes: { output }, maximum });
    builder.add({ op: 'reluGrad', reads: { output, outputGrad }, writes: { inputGrad }, maximum });
    return { output, outputGrad, gradients: [[input, inputGrad]] };
  },
}));
