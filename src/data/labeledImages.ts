import type { Shape } from '../core/shape.js';
import type { DatasetPart } from './parts.js';

/** Images from a file of numbers, with their labels. */
export interface LabeledImages {
  /** `[count, height, width, channels]`, from 0 to 255 */
  readonly pixels: Uint8Array;
  /** One image: `[height, width, channels]`. */
  readonly shape: Shape;
  /** The name of each image's class, if the file has labels. */
  readonly labels: readonly string[] | undefined;
  /** The part of the data set that each image belongs to, if the file says so. */
  readonly parts?: readonly DatasetPart[] | undefined;
  /** How the file was read, in one line. */
  readonly interpretation: string;
}

/** `28×28 grayscale` */
export function describePixels([height, width, channels]: Shape): string {
  return `${height}×${width} ${channels === 1 ? 'grayscale' : 'RGB'}`;
}
