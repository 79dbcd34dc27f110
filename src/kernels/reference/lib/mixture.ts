import type { Shape } from '../../../core/shape.js';
import type { Augmentation } from '../../../plan/augmentation.js';
import type { Draws } from './draws.js';

/** How an image is mixed with the next image of its batch. */
export interface Mixture {
  /** The other image's share of the mixed image. */
  readonly share: number;
  /** The other image's share of a pixel. */
  shareAt(row: number, column: number): number;
}

/** A rectangle, clipped at the image's edges. */
export interface Box {
  readonly pixels: number;
  contains(row: number, column: number): boolean;
}

/**
 * Mixup gives the other image a share drawn from Beta(alpha, alpha) at every pixel; CutMix gives it a rectangle with that share of
 * the area, which is smaller if it is clipped at an edge. Sources: H. Zhang et al., "mixup", 2018; S. Yun et al., "CutMix", 2019.
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
    shareAt: (row, column) => (box.contains(row, column) ? 1 : 0),
  };
}

/** @param center as a fraction of the image's sides */
export function boxOf(sides: Shape, center: readonly number[], sizes: Shape): Box {
  const ranges = sides.map((side, axis) => {
    const start = Math.floor(center[axis] * sizes[axis]) - Math.floor(side / 2);
    return [Math.max(0, start), Math.min(sizes[axis], start + side)] as const;
  });
  return {
    pixels: ranges.reduce((product, [start, end]) => product * (end - start), 1),
    contains: (...position) =>
      ranges.every(([start, end], axis) => position[axis] >= start && position[axis] < end),
  };
}
