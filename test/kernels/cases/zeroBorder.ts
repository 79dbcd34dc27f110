import type { ZeroBorderOp } from '#inkling/plan/ops/zeroBorder.js';
import type { CasesOf } from '../harness/opCases.js';

export const cases: CasesOf<ZeroBorderOp['op']> = {
  zeroBorder: {
    accuracy: 'exact',
    draw(draw) {
      const border = draw.pair(0, 2);
      const shape = [draw.height + 2 * border[0], draw.width + 2 * border[1], draw.channels];
      return { op: 'zeroBorder', reads: {}, writes: { output: draw.image('output', shape, [0, 0]) }, border };
    },
  },
};
