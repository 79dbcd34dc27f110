import type { ImagesOp } from '#inkling/plan/ops/images.js';
import type { CasesOf } from '../harness/opCases.js';
import { inputToOutput, sourceToFeatures, sourceToImages } from '../harness/opInputs.js';

export const cases: CasesOf<ImagesOp['op']> = {
  imagesToFloats: {
    accuracy: 'exact',
    draw: (draw) => ({ op: 'imagesToFloats', ...sourceToImages(draw) }),
  },
  loadFeatures: {
    accuracy: 'exact',
    draw: (draw) => ({ op: 'loadFeatures', ...sourceToFeatures(draw) }),
  },
  padImages: {
    accuracy: 'exact',
    draw: (draw) => ({ op: 'padImages', ...inputToOutput(draw) }),
  },
};
