import type { AugmentImagesOp } from '../../../../plan/ops/augmentImages.js';
import { addressesOf, imageOf, TASK_ITEMS } from '../../arguments.js';
import { stepOf } from '../../trainingArguments.js';
import { bindKernel, type BindingsOf } from '../../bindKernel.js';

export const augmentImagesTrainingBindings: BindingsOf<AugmentImagesOp['op']> = {
  augmentImages({ reads, writes, augmentation }, kernels, plan) {
    const { output, ...labels } = writes;
    return bindKernel(kernels, 'augmentImages', {
      ...TASK_ITEMS,
      ...stepOf(plan),
      ...addressesOf(reads),
      ...addressesOf(labels),
      ...imageOf('output', output),
      shiftPixels: augmentation.shift,
      rotateDegrees: augmentation.rotate,
      scaleShare: augmentation.scale,
      shearDegrees: augmentation.shear,
      elasticPixels: augmentation.elastic,
      cropPixels: augmentation.crop,
      erasePixels: augmentation.erase,
      brightnessShare: augmentation.brightness,
      contrastShare: augmentation.contrast,
      saturationShare: augmentation.saturation,
      hueShare: augmentation.hue,
      resizedCropShare: augmentation.resizedCrop,
      randAugment: augmentation.randAugment,
      mixup: augmentation.mixup,
      cutmix: augmentation.cutmix,
      flip: augmentation.flip,
      reflect: augmentation.border === 'reflect',
    });
  },
};
