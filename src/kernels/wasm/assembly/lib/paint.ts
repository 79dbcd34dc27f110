import { bend0, bend1, bend2, bend3, bendCell, bendRow, spacing } from './bend';
import { FLOAT } from './simd';

/** Places between pixels are rounded to such parts of one: the mean of four bytes is then exact in float32. */
export const PARTS: i32 = 256;
const PART_BITS: i32 = 8;
/** What the weighted sum of four largest bytes comes to. */
const LARGEST_SUM: i32 = 255 * 65536;

/*
 * The images at hand, and of one of them which place in the source a pixel shows: `origin + column · perColumn + row · perRow`
 * and the bending, in parts of a pixel, down and right. Every worker has an instance of this module, and with it these
 * variables, of its own.
 */
export let height: i32;
export let width: i32;
export let channels: i32;
let reflects: bool;
let bends: bool;
let origin: v128 = f64x2.splat(0);
let perColumn: v128 = f64x2.splat(0);
let perRow: v128 = f64x2.splat(0);
let gain: f64;
let offset: f64;
let isShaded: bool;

export function setImages(
  imageHeight: i32,
  imageWidth: i32,
  imageChannels: i32,
  reflect: bool,
  bend: bool,
): void {
  height = imageHeight;
  width = imageWidth;
  channels = imageChannels;
  reflects = reflect;
  bends = bend;
}

export function setMap(start: v128, byColumn: v128, byRow: v128): void {
  origin = start;
  perColumn = byColumn;
  perRow = byRow;
}

/** Makes `gain · value + offset` of every value, kept from 0 to 1. */
export function setShade(by: f64, more: f64): void {
  gain = by;
  offset = more;
  isShaded = by != 1 || more != 0;
}

/**
 * Writes the pixels of a rectangle, each the weighted mean of the four around the place in the source that it shows.
 *
 * @param share what of a pixel it becomes; the rest stays what it is. Where it is 1, nothing is read.
 */
export function paint(
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
    if (bends) bendRow(row);
    let column = 0;
    for (let cell = 0; column < right; cell++) {
      const end = bends ? min(right, bendCell(cell)) : right;
      paintRun(image, to + row * toRow, max(column, left), end, start, cell, share);
      column = end;
    }
  }
}

/** Writes the pixels of a row that lie in one cell of the bending's grid. */
function paintRun(image: i32, row: i32, column: i32, end: i32, start: v128, cell: i32, share: f64): void {
  const perCell = 1 / spacing;
  const pixel = channels;
  const rowBytes = width * pixel;
  const lastRow = <u32>(height - 1);
  const lastColumn = <u32>(width - 1);
  for (; column < end; column++) {
    const t = f64x2.splat(<f64>column * perCell - <f64>cell);
    let place = f64x2.add(bend2, f64x2.mul(t, bend3));
    place = f64x2.add(bend1, f64x2.mul(t, place));
    place = f64x2.add(bend0, f64x2.mul(t, place));
    place = f64x2.add(place, f64x2.add(start, f64x2.mul(perColumn, f64x2.splat(<f64>column))));
    const parts = i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(place));
    const y = i32x4.extract_lane(parts, 0);
    const x = i32x4.extract_lane(parts, 1);
    const top = y >> PART_BITS;
    const left = x >> PART_BITS;
    const below = y & (PARTS - 1);
    const after = x & (PARTS - 1);
    const to = row + column * pixel * FLOAT;
    if (<u32>top < lastRow && <u32>left < lastColumn) {
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
      paintEdge(image, top, left, below, after, to, share);
    }
  }
}

/** Where some of the four pixels lie outside the image. */
function paintEdge(image: i32, top: i32, left: i32, below: i32, after: i32, to: i32, share: f64): void {
  for (let c = 0; c < channels; c++) {
    const upper = blend(byteAt(image, top, left, c), byteAt(image, top, left + 1, c), after);
    const lower = blend(byteAt(image, top + 1, left, c), byteAt(image, top + 1, left + 1, c), after);
    store(to + c * FLOAT, blend(upper, lower, below), share);
  }
}

/** `a` and `b` with weights that come to `PARTS`. */
function blend(a: i32, b: i32, weight: i32): i32 {
  return (a << PART_BITS) + weight * (b - a);
}

function store(to: i32, sum: i32, share: f64): void {
  if (!isShaded && share == 1) {
    f32.store(to, <f32>sum / <f32>LARGEST_SUM);
    return;
  }
  const value = max<f64>(0, min<f64>(1, gain * (<f64>sum / <f64>LARGEST_SUM) + offset));
  f32.store(to, <f32>(share == 1 ? value : share * value + (1 - share) * <f64>f32.load(to)));
}

/** A byte of the image, or of what lies around it. */
function byteAt(image: i32, row: i32, column: i32, channel: i32): i32 {
  if (reflects) {
    row = reflected(row, height);
    column = reflected(column, width);
  } else if (<u32>row >= <u32>height || <u32>column >= <u32>width) {
    return 0;
  }
  return i32.load8_u(image + (row * width + column) * channels + channel);
}

/** The place that a mirror in the outermost pixels shows, however far outside. */
function reflected(place: i32, size: i32): i32 {
  const period = max(1, 2 * (size - 1));
  const within = ((place % period) + period) % period;
  return min(within, period - within);
}
