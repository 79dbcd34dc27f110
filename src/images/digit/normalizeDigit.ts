import { InklingError } from '../../core/errors.js';
import type { ConcernCode, ModelInputs } from '../concern.js';
import { type Component, extentOf, connectedComponents, merge } from './components.js';
import { measureContrast } from './contrast.js';
import { MIN_INK, normalizeInk } from './normalizeInk.js';
import { projectOnInkAxis } from './inkAxis.js';
import { paperOf } from './paper.js';
import { removeLines } from './removeLines.js';
import { smoothGrain } from './smoothing.js';
import { findInk, type Ink } from './ink.js';
import type { DecodedImage, Plane } from '../decodedImage.js';
import { resize } from '../resize/resize.js';
import { signedDistances, strokeWidth, thicken } from './strokeWidth.js';

/** Stroke width as a share of the digit's size: the range that covers nearly all of MNIST's digits. */
const MIN_STROKE_WIDTH = 0.09;
const MAX_STROKE_WIDTH = 0.2;
/** The longer side of a cropped digit, which is shrunk to this many pixels. */
const MAX_EXTENT = 120;
/** Components that overlap horizontally by at least this share of the narrower one belong to the same digit. */
const MIN_OVERLAP = 0.4;
/** The minimum height of a digit of a number, as a share of the tallest one's. */
const MIN_HEIGHT = 0.35;

/**
 * Normalizes the digit on an image like MNIST's, in these steps:
 *
 * 1. `paperOf` crops the sheet of paper out of an image that shows it on a dark surface.
 * 2. `projectOnInkAxis` reduces colors to one number, in which ink and paper differ most.
 * 3. `smoothGrain` smooths noise with a Gaussian filter.
 * 4. `measureContrast` compares each pixel with the paper around it, which keeps the edges of shadows (black top-hat transform).
 * 5. `removeLines` finds printed lines with a Hough transform, erases them, and repairs the strokes they cross.
 * 6. `findInk` sets the threshold with Otsu's method, and discards dirt and the edges of shadows.
 * 7. Here, the stroke width is limited, the digit is scaled to fit a box of 20 × 20 pixels while preserving its aspect ratio, and
 *    it is moved by whole pixels until its center of mass is at the center of the image.
 *
 * @param size the side of the square result in pixels, of which the box takes 20/28
 * @returns pixels from 0 (background) to 1 (ink), and concerns about them
 * @throws {InklingError} when the image shows no drawing
 */
export function normalizeDigit(image: DecodedImage, size = 28): ModelInputs {
  const ink = inkOf(image);
  return {
    pixels: normalizeComponent(ink, merge(ink.components), size),
    concerns: concernsOf(ink.components),
  };
}

/**
 * Normalizes each digit of a number, from left to right; see `normalizeDigit`.
 *
 * @throws {InklingError} when the image shows no drawing, or a mark that is too small to be a digit
 */
export function normalizeDigits(image: DecodedImage, size = 28): ModelInputs {
  const ink = inkOf(image);
  const digits = groupDigits(ink.components);
  const maxHeight = Math.max(...digits.map(heightOf));
  const small = digits.findIndex((digit) => heightOf(digit) < MIN_HEIGHT * maxHeight);
  if (small !== -1) {
    throw new InklingError(
      `mark ${small + 1} of ${digits.length} is too small to be a digit; expected only digits of similar size`,
    );
  }
  const pixels = new Float32Array(digits.length * size * size);
  digits.forEach((digit, i) => {
    pixels.set(normalizeComponent(ink, digit, size), i * size * size);
  });
  return { pixels, concerns: [] };
}

/**
 * Normalizes a drawing whose ink is known, without changing its stroke width; see `normalizeDigit`.
 *
 * @param ink surrounded by a margin, from 0 (background) to 1 (ink)
 * @throws {InklingError} when there is no ink
 */
export function normalizeDrawing(ink: Plane, size = 28): ModelInputs {
  const pixels = normalizeInk(ink, size);
  const mask = Uint8Array.from(ink.values, (value) => Number(value >= MIN_INK));
  return { pixels, concerns: concernsOf(connectedComponents(mask, ink.width)) };
}

/** Reasons to doubt that the components are a single digit. */
function concernsOf(components: readonly Component[]): ConcernCode[] {
  const groups = groupDigits(components);
  const maxHeight = Math.max(...groups.map(heightOf));
  const digits = groups.filter((group) => heightOf(group) >= MIN_HEIGHT * maxHeight);
  return digits.length > 1 ? ['several-digits'] : [];
}

function inkOf(image: DecodedImage): Ink {
  const { colors, inside } = paperOf(image);
  const contrast = measureContrast(smoothGrain(projectOnInkAxis(colors)), inside);
  return findInk(removeLines(contrast, inside));
}

function shrink(plane: Plane, scale: number): Plane {
  if (scale === 1) return plane;
  const shrunk = (length: number) => Math.max(1, Math.round(length * scale));
  return resize(plane, shrunk(plane.width), shrunk(plane.height));
}

/** Groups components that lie above one another, such as the two strokes of a 5, into digits. */
function groupDigits(components: readonly Component[]): Component[] {
  const groups: Component[] = [];
  for (const component of [...components].sort((a, b) => a.left - b.left)) {
    const last = groups.at(-1);
    if (last !== undefined && overlapsHorizontally(last, component))
      groups[groups.length - 1] = merge([last, component]);
    else groups.push(component);
  }
  return groups;
}

function heightOf({ top, bottom }: Component): number {
  return bottom - top;
}

function overlapsHorizontally(a: Component, b: Component): boolean {
  const overlap = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  return overlap > MIN_OVERLAP * Math.min(a.right - a.left, b.right - b.left);
}

function normalizeComponent(ink: Ink, digit: Component, size: number): Float32Array {
  const ownExtent = extentOf(digit);
  const extent = Math.min(ownExtent, MAX_EXTENT);
  const digitInk = shrink(crop(ink.plane, digit, Math.ceil(ownExtent / 10) + 1), extent / ownExtent);
  const distances = signedDistances(digitInk);
  const width = strokeWidth(distances);
  const target = Math.min(MAX_STROKE_WIDTH * extent, Math.max(MIN_STROKE_WIDTH * extent, width));
  if (target === width) return normalizeInk(digitInk, size);
  return normalizeInk({ ...digitInk, values: thicken(distances, (target - width) / 2) }, size);
}

/** The ink of a component, including its faint edges, surrounded by a margin. */
function crop(ink: Plane, { pixels, left, top, right, bottom }: Component, margin: number): Plane {
  const width = right - left + 2 * margin;
  const height = bottom - top + 2 * margin;
  const values = new Float32Array(width * height);
  for (const pixel of pixels) {
    const y = Math.floor(pixel / ink.width);
    const x = pixel - y * ink.width;
    for (let row = Math.max(0, y - 1); row <= Math.min(ink.height - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(ink.width - 1, x + 1); column++) {
        values[(row - top + margin) * width + column - left + margin] = ink.values[row * ink.width + column];
      }
    }
  }
  return { width, height, values };
}
