import type { Augmentation } from './augmentation.js';

/** Whether images are mixed with others of their batch, and their labels with them. */
export function mixesImages({ mixup, cutmix }: Augmentation): boolean {
  return mixup > 0 || cutmix > 0;
}
