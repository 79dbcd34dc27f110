import type { Augmentation } from '#inkling/plan/augmentation.js';
import type { AugmentImagesOp } from '#inkling/plan/ops/augmentImages.js';
import type { CasesOf } from '../harness/opCases.js';
import type { OpDraw } from '../harness/opDraw.js';
import { sourceToImages } from '../harness/opInputs.js';

export const cases: CasesOf<AugmentImagesOp['op']> = {
  augmentImages: {
    accuracy: 'rounded',
    // Contrast subtracts a part of the mean; a mixed image is a sum.
    cancelling: 1,
    draw(draw) {
      const { reads, writes } = sourceToImages(draw);
      const partners = draw.builder.perImage('partners', [], { dtype: 'i32' });
      const partnerShares = draw.builder.perImage('partnerShares', []);
      return {
        op: 'augmentImages',
        reads,
        writes: { ...writes, partners, partnerShares },
        augmentation: augmentationOf(draw),
      };
    },
  },
};

/** A random combination of changes of different strengths. */
function augmentationOf(draw: OpDraw): Augmentation {
  const anyOf = (...strengths: number[]) => strengths[draw.integer(0, strengths.length - 1)];
  return {
    shift: anyOf(0, 0.5, 7),
    rotate: anyOf(0, 10, 180),
    scale: anyOf(0, 0.1, 0.5),
    shear: anyOf(0, 5, 45),
    elastic: anyOf(0, 0.5, 6),
    crop: anyOf(0, 1, 30),
    resizedCrop: anyOf(0, 0.9, 0.1),
    flip: draw.integer(0, 1) === 1,
    border: draw.integer(0, 1) === 1 ? 'zero' : 'reflect',
    erase: anyOf(0, 2, 9),
    brightness: anyOf(0, 0.2, 0.5),
    contrast: anyOf(0, 0.2, 0.5),
    saturation: draw.channels === 3 ? anyOf(0, 0.3, 1) : 0,
    hue: draw.channels === 3 ? anyOf(0, 0.1, 0.5) : 0,
    randAugment: anyOf(0, 2, 8),
    mixup: anyOf(0, 0.2, 1),
    cutmix: anyOf(0, 0.2, 1),
  };
}
