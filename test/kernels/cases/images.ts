import type { ImagesOp } from '#inkling/plan/ops/images.js';
import type { CasesOf } from '../harness/opCases.js';
import { inputToOutput, sourceToImages } from '../harness/opInputs.js';

export const cases: CasesOf<ImagesOp['op']> = {
  gatherImages: {
    accuracy: 'exact',
    draw: (draw) => ({ op: 'gatherImages', ...sourceToImages(draw) }),
  },
  padImages: {
    accuracy: 'exact',
    draw: (draw) => ({ op: 'padImages', ...inputToOutput(draw) }),
  },
};
