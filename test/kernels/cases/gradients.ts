import type { GradientsOp } from '#inkling/plan/ops/gradients.js';
import type { CasesOf } from '../harness/opCases.js';
import { elementsOf } from '../harness/opInputs.js';

export const cases: CasesOf<GradientsOp['op']> = {
  sumPartials: {
    accuracy: 'summed',
    draw(draw) {
      const shape = [draw.width * draw.channels];
      return {
        op: 'sumPartials',
        reads: { partials: draw.perTask('partials', shape) },
        writes: { gradient: draw.shared('gradient', shape) },
      };
    },
  },
  squareSums: {
    accuracy: 'summed',
    draw: (draw) => ({
      op: 'squareSums',
      reads: { gradient: elementsOf(draw)('gradient') },
      writes: { sums: draw.perTask('sums', [1], 'f64') },
    }),
  },
  clipGradient: {
    accuracy: 'summed',
    draw: (draw) => ({
      op: 'clipGradient',
      reads: { sums: draw.perTask('sums', [1], 'f64', () => draw.random.uniform(0, 1)) },
      writes: { gradient: elementsOf(draw)('gradient', -1, 1) },
      // In every other case, larger than the norm of any gradient.
      maxNorm: draw.index % 2 === 0 ? 0.7 : 100,
    }),
  },
};
