import type { WinogradWeightOp } from '#inkling/plan/ops/winogradWeight.js';
import type { CasesOf } from '../harness/opCases.js';
import { convolutionOf, tileSizeOf } from '../harness/winogradDraw.js';
import { transformedShape } from '#inkling/plan/winograd.js';

export const cases: CasesOf<WinogradWeightOp['op']> = {
  winogradWeight: {
    accuracy: 'summed',
    draw(draw) {
      const { inputs, outputs } = convolutionOf(draw, 'output', true);
      return {
        op: 'winogradWeight',
        reads: { weight: draw.shared('weight', [3, 3, inputs, outputs]) },
        writes: {
          transformed: draw.shared('transformed', transformedShape(tileSizeOf(draw), inputs, outputs)),
        },
      };
    },
  },
};
