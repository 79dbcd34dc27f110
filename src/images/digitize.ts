import { InklingError } from '../core/errors.js';
import { type Component, merge } from './components.js';
import { findInk, type Ink } from './ink.js';
import { brightnessOf, type Picture, type Plane } from './picture.js';
import { resize } from './resize.js';
import { strokeWidth, thicken } from './strokes.js';

/** MNIST's images have 28 × 28 pixels, and their ink fits into a box of 20 × 20. */
const BOX_SHARE = 20 / 28;
/** Width of strokes, in shares of the digit's size: those of nearly all of MNIST's digits lie in between. */
const THINNEST = 0.09;
const THICKEST = 0.2;
/** Pictures of more pixels are made smaller first: a digit needs no more. */
const ENOUGH_PIXELS = 250_000;
/** The same for a digit that was cut out, by its longer side. */
const ENOUGH_EXTENT = 120;
/** From here on a pixel belongs to the digit when its edges are sought. */
const EDGE = 0.2;
/** Pieces that share so much of the narrower one's width, one above the other, are parts of one digit. */
const OVERLAP = 0.4;
/** A digit of a number is at least so high, in shares of the highest. */
const LEAST_HEIGHT = 0.35;

/**
 * The digit on a picture, as MNIST was made: its ink found and cut out, scaled into a box of 20 × 20 with its proportions
 * kept, strokes neither too thin nor too thick, and moved by whole pixels until the centre of its mass is that of the image.
 *
 * @param size of the square image, in pixels; the box has 20/28 of it
 * @returns `[size, size]`, from 0 (background) to 1 (ink)
 * @throws {InklingError} when there is no ink on the picture
 */
export function digitize(picture: Picture, size = 28): Float32Array {
  const ink = inkOf(picture);
  return setDigit(ink, merge(ink.components), size);
}

/**
 * The digits of a number, from left to right; see `digitize`.
 *
 * @throws {InklingError} when there is no ink on the picture, or a mark that is too small for a digit
 */
export function digitizeNumber(picture: Picture, size = 28): Float32Array[] {
  const ink = inkOf(picture);
  const digits = groupDigits(ink.components);
  const highest = Math.max(...digits.map(({ top, bottom }) => bottom - top));
  const small = digits.findIndex(({ top, bottom }) => bottom - top < LEAST_HEIGHT * highest);
  if (small !== -1) {
    throw new InklingError(
      `mark ${small + 1} of ${digits.length} is too small for a digit; expected digits of like size and nothing else`,
    );
  }
  return digits.map((digit) => setDigit(ink, digit, size));
}

function inkOf(picture: Picture): Ink {
  const brightness = brightnessOf(picture);
  return findInk(shrink(brightness, Math.min(1, Math.sqrt(ENOUGH_PIXELS / brightness.values.length))));
}

function shrink(plane: Plane, scale: number): Plane {
  if (scale === 1) return plane;
  const shrunk = (length: number) => Math.max(1, Math.round(length * scale));
  return resize(plane, shrunk(plane.width), shrunk(plane.height));
}

/** Pieces one above the other, such as the two of a 5, are one digit. */
function groupDigits(components: readonly Component[]): Component[] {
  const groups: Component[] = [];
  for (const component of [...components].sort((a, b) => a.left - b.left)) {
    const last = groups.at(-1);
    if (last !== undefined && isAbove(last, component)) groups[groups.length - 1] = merge([last, component]);
    else groups.push(component);
  }
  return groups;
}

function isAbove(a: Component, b: Component): boolean {
  const shared = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  return shared > OVERLAP * Math.min(a.right - a.left, b.right - b.left);
}

function setDigit(ink: Ink, digit: Component, size: number): Float32Array {
  const found = Math.max(digit.right - digit.left, digit.bottom - digit.top);
  const extent = Math.min(found, ENOUGH_EXTENT);
  const cut = shrink(cutOut(ink.plane, digit, Math.ceil(found / 10) + 1), extent / found);
  const width = strokeWidth(cut);
  const wanted = Math.min(THICKEST * extent, Math.max(THINNEST * extent, width));
  const drawn = wanted === width ? cut : thicken(cut, (wanted - width) / 2);
  return setInk(drawn, size);
}

/**
 * The last part of `digitize`, for a drawing of which the ink is known: scales it into the box and centres its mass.
 *
 * @param ink with a margin around it, from 0 (background) to 1 (ink)
 * @returns `[size, size]`, from 0 (background) to 1 (ink)
 * @throws {InklingError} when there is no ink
 */
export function setInk(ink: Plane, size = 28): Float32Array {
  if (!ink.values.some((value) => value >= EDGE)) throw new InklingError('no ink found; expected a drawing');
  return centre(fitToBox(ink, Math.round(BOX_SHARE * size)), size);
}

/** The ink of a component, its faint edges included, with a margin. */
function cutOut(ink: Plane, { places, left, top, right, bottom }: Component, margin: number): Plane {
  const width = right - left + 2 * margin;
  const height = bottom - top + 2 * margin;
  const values = new Float32Array(width * height);
  for (const place of places) {
    const [x, y] = [place % ink.width, Math.floor(place / ink.width)];
    for (let row = Math.max(0, y - 1); row <= Math.min(ink.height - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(ink.width - 1, x + 1); column++) {
        values[(row - top + margin) * width + column - left + margin] = ink.values[row * ink.width + column];
      }
    }
  }
  return { width, height, values };
}

/** Scales the ink so that it fills a square box in width or height. */
function fitToBox(ink: Plane, boxSize: number): Plane {
  let [left, top, right, bottom] = [ink.width, ink.height, 0, 0];
  ink.values.forEach((value, at) => {
    if (value < EDGE) return;
    const [x, y] = [at % ink.width, Math.floor(at / ink.width)];
    [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
  });
  const scale = boxSize / Math.max(right - left, bottom - top);
  const fitted = (length: number) => Math.max(1, Math.round(length * scale));
  return resize(ink, fitted(right - left), fitted(bottom - top), { left, top, right, bottom });
}

/** Moves the ink by whole pixels until the centre of its mass is the image's, all of it inside. */
function centre({ width, height, values }: Plane, size: number): Float32Array {
  let [mass, momentX, momentY] = [0, 0, 0];
  values.forEach((value, at) => {
    mass += value;
    momentX += value * (at % width);
    momentY += value * Math.floor(at / width);
  });
  const left = place(momentX / mass, width, size);
  const top = place(momentY / mass, height, size);
  const image = new Float32Array(size * size);
  for (let row = 0; row < height; row++) {
    image.set(values.subarray(row * width, (row + 1) * width), (top + row) * size + left);
  }
  return image;
}

/** Where ink begins so that its centre falls on the middle pixel, as MNIST's does, and none of it outside. */
function place(centreOfMass: number, length: number, size: number): number {
  return Math.min(size - length, Math.max(0, Math.round(size / 2 - centreOfMass)));
}
