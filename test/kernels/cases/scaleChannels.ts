import type { ScaleChannelsOp } from '#inkling/plan/ops/scaleChannels.js';
import type { CasesOf } from '../harness/opCases.js';

export const cases: CasesOf<ScaleChannelsOp['op']> = {
  scaleChannels: {
    accuracy: 'exact',
    draw(draw) {
      const shape = [draw.height, draw.width, draw.channels];
      const input = draw.image('input', shape);
      const factors = draw.image('factors', [1, 1, draw.channels]);
      const output = draw.image('output', shape);
      return { op: 'scaleChannels', reads: { input, factors }, writes: { output } };
    },
  },
  scaleChannelsGrad: {
    accuracy: 'summed',
    draw(draw) {
      const shape = [draw.height, draw.width, draw.channels];
      const [input, outputGrad] = [draw.image('input', shape), draw.image('outputGrad', shape)];
      const factorsGrad = draw.image('factorsGrad', [1, 1, draw.channels]);
      return { op: 'scaleChannelsGrad', reads: { input, outputGrad }, writes: { factorsGrad } };
    },
  },
};
