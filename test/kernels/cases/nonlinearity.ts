import type { Nonlinearity } from '#inkling/plan/ops.js';
import type { NonlinearityOp } from '#inkling/plan/ops/nonlinearity.js';
import type { CasesOf } from '../harness/opCases.js';
import type { OpDraw } from '../harness/opDraw.js';
import { inputToOutput } from '../harness/opInputs.js';

export const cases: CasesOf<NonlinearityOp['op']> = {
  nonlinearity: {
    accuracy: 'summed',
    draw(draw) {
      const { reads, writes } = inputToOutput(draw);
      draw.values.set(reads.input, () => draw.random.uniform(-12, 12));
      return { op: 'nonlinearity', reads, writes, nonlinearity: nonlinearityOf(draw) };
    },
  },
  nonlinearityGrad: {
    accuracy: 'summed',
    draw(draw) {
      const shape = draw.anyShape();
      const [input, outputGrad] = [draw.items('input', shape), draw.items('outputGrad', shape)];
      const inputGrad = draw.index % 2 === 0 ? outputGrad : draw.items('inputGrad', shape);
      draw.values.set(input, () => draw.random.uniform(-12, 12));
      return {
        op: 'nonlinearityGrad',
        reads: { input, outputGrad },
        writes: { inputGrad },
        nonlinearity: nonlinearityOf(draw),
      };
    },
  },
};

function nonlinearityOf(draw: OpDraw): Nonlinearity {
  const kinds: readonly Nonlinearity[] = [
    { kind: 'leakyRelu', slope: 0.01 },
    { kind: 'silu' },
    { kind: 'gelu' },
    { kind: 'sigmoid' },
    { kind: 'hardSigmoid' },
    { kind: 'hardSwish' },
  ];
  return kinds[draw.integer(0, kinds.length - 1)];
}
