import { blue, changeColor, changesColor, clamp, green, red } from './colors';
import {
  displacement0,
  displacement1,
  displacement2,
  displacement3,
  nextCell,
  startRow,
  spacing,
} from './elastic';
import { FLOAT } from './simd';

/** Positions are rounded to such fractions of a pixel, so that the weighted mean of four bytes is exact in float32. */
export const SUBPIXELS: i32 = 256;
const SUBPIXEL_BITS: i32 = 8;
/** The maximum weighted sum of four bytes. */
const MAX_SUM: i32 = 255 * 65536;

/*
 * The sizes of the images, and the current image's map from an output pixel to a position in the source:
 * `origin + column · perColumn + row · perRow`, plus the displacement, in subpixels, down and right. Each worker has its own instance
 * of this module, and therefore its own copy of these variables.
 */
export let height: i32;
export let width: i32;
export let channels: i32;
let reflectsEdges: bool;
let isElastic: bool;
let origin: v128 = f64x2.splat(0);
let perColumn: v128 = f64x2.splat(0);
let perRow: v128 = f64x2.splat(0);
let gain: f64;
let offset: f64;
/** From this value on, values are inverted. */
let invertFrom: f64;
let changesIntensity: bool;

export function setImages(
  imageHeight: i32,
  imageWidth: i32,
  imageChannels: i32,
  reflect: bool,
  elastic: bool,
): void {
  height = imageHeight;
  width = imageWidth;
  channels = imageChannels;
  reflectsEdges = reflect;
  isElastic = elastic;
}

export function setTransform(start: v128, byColumn: v128, byRow: v128): void {
  origin = start;
  perColumn = byColumn;
  perRow = byRow;
}

/** Replaces every value by `gain · value + offset`, clamped to [0, 1], and inverted if it is not below `threshold`. */
export function setIntensity(by: f64, more: f64, threshold: f64): void {
  gain = by;
  offset = more;
  invertFrom = threshold;
  changesIntensity = by != 1 || more != 0 || threshold <= 1;
}

/**
 * Writes the pixels of a rectangle, interpolating bilinearly between the four pixels around a position in the source.
 *
 * @param share the weight of the new value of a pixel; the rest is the weight of its old value, which is not read if `share` is 1
 */
export function resample(
  image: i32,
  to: i32,
  toRow: i32,
  top: i32,
  left: i32,
  bottom: i32,
  right: i32,
  share: f64,
): void {
  for (let row = top; row < bottom; row++) {
    const start = f64x2.add(origin, f64x2.mul(perRow, f64x2.splat(<f64>row)));
    if (isElastic) startRow(row);
    let column = 0;
    for (let cell = 0; column < right; cell++) {
      const end = isElastic ? min(right, nextCell(cell)) : right;
      resampleRun(image, to + row * toRow, max(column, left), end, start, cell, share);
      column = end;
    }
  }
}

/** Writes the pixels of a row that lie in one cell of the grid of the elastic deformation. */
function resampleRun(image: i32, row: i32, column: i32, end: i32, start: v128, cell: i32, share: f64): void {
  const perCell = 1 / spacing;
  const pixel = channels;
  const rowBytes = width * pixel;
  const lastRow = <u32>(height - 1);
  const lastColumn = <u32>(width - 1);
  for (; column < end; column++) {
    const t = f64x2.splat(<f64>column * perCell - <f64>cell);
    let position = f64x2.add(displacement2, f64x2.mul(t, displacement3));
    position = f64x2.add(displacement1, f64x2.mul(t, position));
    position = f64x2.add(displacement0, f64x2.mul(t, position));
    position = f64x2.add(position, f64x2.add(start, f64x2.mul(perColumn, f64x2.splat(<f64>column))));
    const parts = i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(position));
    const y = i32x4.extract_lane(parts, 0);
    const x = i32x4.extract_lane(parts, 1);
    const top = y >> SUBPIXEL_BITS;
    const left = x >> SUBPIXEL_BITS;
    const below = y & (SUBPIXELS - 1);
    const after = x & (SUBPIXELS - 1);
    const to = row + column * pixel * FLOAT;
    if (changesColor) {
      resampleColor(image, top, left, below, after, to, share);
    } else if (<u32>top < lastRow && <u32>left < lastColumn) {
      const from = image + top * rowBytes + left * pixel;
      for (let c = 0; c < pixel; c++) {
        const upper = blend(i32.load8_u(from + c), i32.load8_u(from + c + pixel), after);
        const lower = blend(
          i32.load8_u(from + c + rowBytes),
          i32.load8_u(from + c + rowBytes + pixel),
          after,
        );
        store(to + c * FLOAT, blend(upper, lower, below), share);
      }
    } else {
      resampleEdge(image, top, left, below, after, to, share);
    }
  }
}

/** Interpolates where some of the four pixels lie outside the image. */
function resampleEdge(image: i32, top: i32, left: i32, below: i32, after: i32, to: i32, share: f64): void {
  for (let c = 0; c < channels; c++) {
    store(to + c * FLOAT, sumAt(image, top, left, below, after, c), share);
  }
}

/** Interpolates anywhere and changes the color. */
function resampleColor(image: i32, top: i32, left: i32, below: i32, after: i32, to: i32, share: f64): void {
  changeColor(
    valueOf(sumAt(image, top, left, below, after, 0)),
    valueOf(sumAt(image, top, left, below, after, 1)),
    valueOf(sumAt(image, top, left, below, after, 2)),
  );
  storeValue(to, red, share);
  storeValue(to + FLOAT, green, share);
  storeValue(to + 2 * FLOAT, blue, share);
}

/** The weighted sum of the bytes of a channel at four pixels, which may lie outside the image. */
function sumAt(image: i32, top: i32, left: i32, below: i32, after: i32, channel: i32): i32 {
  const upper = blend(byteAt(image, top, left, channel), byteAt(image, top, left + 1, channel), after);
  const lower = blend(
    byteAt(image, top + 1, left, channel),
    byteAt(image, top + 1, left + 1, channel),
    after,
  );
  return blend(upper, lower, below);
}

/** The weighted sum of `a` and `b`, whose weights add up to `SUBPIXELS`. */
function blend(a: i32, b: i32, weight: i32): i32 {
  return (a << SUBPIXEL_BITS) + weight * (b - a);
}

function store(to: i32, sum: i32, share: f64): void {
  if (!changesIntensity && share == 1) {
    f32.store(to, <f32>sum / <f32>MAX_SUM);
    return;
  }
  storeValue(to, valueOf(sum), share);
}

/** The value, from 0 to 1, of a weighted sum of four bytes. */
function valueOf(sum: i32): f64 {
  const value = clamp(gain * (<f64>sum / <f64>MAX_SUM) + offset);
  return value >= invertFrom ? 1 - value : value;
}

function storeValue(to: i32, value: f64, share: f64): void {
  f32.store(to, <f32>(share == 1 ? value : share * value + (1 - share) * <f64>f32.load(to)));
}

/** A byte of the image or of its padding. */
function byteAt(image: i32, row: i32, column: i32, channel: i32): i32 {
  if (reflectsEdges) {
    row = reflected(row, height);
    column = reflected(column, width);
  } else if (<u32>row >= <u32>height || <u32>column >= <u32>width) {
    return 0;
  }
  return i32.load8_u(image + (row * width + column) * channels + channel);
}

/** Reflects a position at the outermost pixels, however far outside it is. */
function reflected(position: i32, size: i32): i32 {
  const period = max(1, 2 * (size - 1));
  const within = ((position % period) + period) % period;
  return min(within, period - within);
}
