import { InklingError } from '../../core/errors.js';
import { abbreviate, formatCount } from '../../core/format.js';
import { MAX_BYTE } from '../../core/pixels.js';
import { formatShape, type Shape } from '../../core/shape.js';
import type { PartImages } from '../labeledDataset.js';
import { describePixels } from '../labeledImages.js';
import { partMentioned, wordsOf } from '../partNames.js';
import { DATASET_PARTS, type DatasetPart } from '../parts.js';
import { imageLayoutOf } from '../table/imageLayout.js';
import { isText, type NumpyArray } from './npy.js';

const IMAGE_WORDS = ['x', 'images', 'image', 'imgs', 'img', 'data', 'pixels', 'features'];
const LABEL_WORDS = ['y', 'labels', 'label', 'target', 'targets', 'classes', 'class'];
const MAX_LISTED = 8;

/** An array, and its name in its archive or folder. */
export interface NamedArray extends NumpyArray {
  readonly name: string;
}

/**
 * Pairs arrays of images with their labels, by names such as `x_train` and `y_train`, or `train_images` and `train_labels`;
 * arrays with other names are distinguished by their shapes.
 *
 * @param origin the file or folder, for messages
 * @throws {InklingError} when there are no images, or more than one array could be the images of a part
 */
export function pairArrays(arrays: readonly NamedArray[], origin: string): PartImages[] {
  const sorted = arrays.map((array) => ({
    array,
    role: roleOf(array),
    part: partMentioned(array.name) ?? 'train',
  }));
  const parts = DATASET_PARTS.flatMap((part) => {
    const of = (role: Role) =>
      sorted.filter((each) => each.part === part && each.role === role).map(({ array }) => array);
    const [images, lists] = [of('images'), of('labels')];
    const named = lists.filter(({ name }) => namesLabels(name));
    const labels = lists.length > 1 && named.length > 0 ? named : lists;
    if (images.length === 0) return [];
    if (images.length > 1 || labels.length > 1) throw ambiguous(arrays, part, origin);
    return [partOf(part, images[0], labels.at(0), origin)];
  });
  if (parts.length > 0) return parts;
  throw new InklingError(
    `${origin}: expected an array of images, such as x_train of the shape 60000×28×28, got ${listArrays(arrays)}`,
  );
}

type Role = 'images' | 'labels' | 'other';

function roleOf({ name, shape, values }: NamedArray): Role {
  if (shape.length === 1 || (shape.length === 2 && shape[1] === 1)) return 'labels';
  if (isText(values) || namesLabels(name)) return 'other';
  const isImages = wordsOf(name).some((word) => IMAGE_WORDS.includes(word));
  return isImages || imageShapeOf(shape) !== undefined ? 'images' : 'other';
}

function namesLabels(name: string): boolean {
  return wordsOf(name).some((word) => LABEL_WORDS.includes(word));
}

function partOf(
  part: DatasetPart,
  images: NamedArray,
  labels: NamedArray | undefined,
  origin: string,
): PartImages {
  const who = `${origin}: ${images.name}`;
  const found = imageShapeOf(images.shape);
  if (found === undefined || isText(images.values)) {
    throw new InklingError(
      `${who}: expected images of the shape N×height×width, N×height×width×channels, or N×pixels, got ${formatShape(images.shape)}`,
    );
  }
  const { shape, isPlanar } = found;
  const { bytes, isUnit } = toPixels(images.values, who);
  const [height, width, channels] = shape;
  const labelText = labels === undefined ? 'no labels' : `labels from ${labels.name}`;
  const count = images.shape[0];
  return {
    part,
    origin: who,
    pixels: isPlanar ? interleave(bytes, height * width, channels) : bytes,
    shape,
    labels: labels && labelsOf(labels),
    interpretation: `read as ${formatCount(count)} images from ${images.name} as ${describePixels(shape)}; ${labelText}${isUnit ? '; values from 0 to 1' : ''}`,
  };
}

/** The shape of one image, and whether its channels come before its rows. */
function imageShapeOf([, ...sizes]: Shape): { shape: Shape; isPlanar: boolean } | undefined {
  const isColor = (size: number | undefined) => size === 1 || size === 3;
  if (sizes.length === 2) return { shape: [...sizes, 1], isPlanar: false };
  if (sizes.length === 3 && isColor(sizes[2])) return { shape: sizes, isPlanar: false };
  if (sizes.length === 3 && isColor(sizes[0]))
    return { shape: [sizes[1], sizes[2], sizes[0]], isPlanar: true };
  const layout = sizes.length === 1 ? imageLayoutOf(sizes[0]) : undefined;
  return layout && { shape: [layout.side, layout.side, layout.channels], isPlanar: false };
}

/** @throws {InklingError} when a value is not from 0 to 255 */
function toPixels(values: Uint8Array | Float32Array, who: string): { bytes: Uint8Array; isUnit: boolean } {
  let max = 0;
  for (const value of values) {
    if (!(value >= 0 && value <= MAX_BYTE)) {
      throw new InklingError(
        `${who}: contains the value ${value}, expected pixels from 0 to ${MAX_BYTE}, or from 0 to 1; save the pixels before they are normalized`,
      );
    }
    if (value > max) max = value;
  }
  const isUnit = max > 0 && max <= 1;
  if (values instanceof Uint8Array && !isUnit) return { bytes: values, isUnit };
  const scale = isUnit ? MAX_BYTE : 1;
  const bytes = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) bytes[i] = Math.round(values[i] * scale);
  return { bytes, isUnit };
}

/** Converts planes, one per channel, to interleaved channels. */
function interleave(planar: Uint8Array, pixels: number, channels: number): Uint8Array {
  if (channels === 1) return planar;
  const interleaved = new Uint8Array(planar.length);
  for (let start = 0; start < planar.length; start += pixels * channels) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let channel = 0; channel < channels; channel++) {
        interleaved[start + pixel * channels + channel] = planar[start + channel * pixels + pixel];
      }
    }
  }
  return interleaved;
}

function labelsOf({ values }: NamedArray): string[] {
  return Array.from(values, String);
}

function ambiguous(arrays: readonly NamedArray[], part: DatasetPart, origin: string): InklingError {
  return new InklingError(
    `${origin}: expected one array of images and one of labels for ${part}, got ${listArrays(arrays)}; save only x_${part} and y_${part}`,
  );
}

function listArrays(arrays: readonly NamedArray[]): string {
  if (arrays.length === 0) return 'no arrays';
  return abbreviate(
    arrays.map(({ name, shape }) => `${name} (${formatShape(shape)})`),
    MAX_LISTED,
  );
}
