import type { Shape } from '../../../core/shape.js';
import type { Augmentation } from '../../../plan/augmentation.js';
import type { Draws } from './draws.js';

/** How an image and the next of its batch are put together. */
export interface Mixture {
  /** The other's part of the whole. */
  readonly share: number;
  /** The other's part of a pixel. */
  shareAt(row: number, column: number): number;
}

/** The pixels of a rectangle, cut off at the image's edges. */
export interface Box {
  readonly pixels: number;
  holds(row: number, column: number): boolean;
}

/**
 * Mixup gives the other image a share of Beta(alpha, alpha) everywhere; cutmix gives it a rectangle of that share of the
 * image, less where it reaches over an edge. Sources: H. Zhang et al., "mixup", 2018; S. Yun et al., "CutMix", 2019.
 */
export function mixtureOf({ mixup, cutmix }: Augmentation, [height, width]: Shape, draws: Draws): Mixture {
  if (mixup === 0 && cutmix === 0) return { share: 0, shareAt: () => 0 };
  if (cutmix === 0 || (mixup > 0 && draws.share('mixKind') < 0.5)) {
    const share = draws.beta(mixup);
    return { share, shareAt: () => share };
  }
  const side = Math.sqrt(draws.beta(cutmix));
  const sides = [Math.floor(side * height), Math.floor(side * width)];
  const box = boxOf(sides, [draws.share('boxDown'), draws.share('boxRight')], [height, width]);
  return {
    share: box.pixels / (height * width),
    shareAt: (row, column) => (box.holds(row, column) ? 1 : 0),
  };
}

/** @param centre as a part of the image's sides */
export function boxOf(sides: Shape, centre: readonly number[], sizes: Shape): Box {
  const ranges = sides.map((side, axis) => {
    const start = Math.floor(centre[axis] * sizes[axis]) - Math.floor(side / 2);
    return [Math.max(0, start), Math.min(sizes[axis], start + side)] as const;
  });
  return {
    pixels: ranges.reduce((product, [start, end]) => product * (end - start), 1),
    holds: (...place) => ranges.every(([start, end], axis) => place[axis] >= start && place[axis] < end),
  };
}
