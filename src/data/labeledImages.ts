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
  /** The other columns of a table with a header, by name: a text for each image. */
  readonly columns?: Readonly<Record<string, readonly string[]>> | undefined;
  /** How the file was read, in one line. */
  readonly interpretation: string;
}

/** `28×28 grayscale` */
export function describePixels([height, width, channels]: Shape): string {
  return `${height}×${width} ${channels === 1 ? 'grayscale' : 'RGB'}`;
}

/** Some rows of the columns of a table. */
export function pickRows(
  columns: Readonly<Record<string, readonly string[]>>,
  rows: ArrayLike<number>,
): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, cells]) => [name, Array.from(rows, (row) => cells[row])]),
  );
}
