import type { Shape } from '../core/shape.js';

/** Images from a file of numbers, with their labels. */
export interface LabeledImages {
  /** `[count, height, width, channels]`, from 0 to 255 */
  readonly pixels: Uint8Array;
  /** One image: `[height, width, channels]`. */
  readonly shape: Shape;
  /** The name of each image's class, if the file has labels. */
  readonly labels: readonly string[] | undefined;
  /** How the file was read, in one line. */
  readonly interpretation: string;
}

/** `28×28 grayscale` */
export function describePixels([height, width, channels]: Shape): string {
  return `${height}×${width} ${channels === 1 ? 'grayscale' : 'RGB'}`;
}
