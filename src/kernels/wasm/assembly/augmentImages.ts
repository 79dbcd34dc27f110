import { bend0, bend1, bend2, bend3, bendCell, bendImage, bendRow, spacing } from './bend';
import { CROP_DOWN, CROP_RIGHT, FLIP, ROTATE, SCALE, SHEAR, SHIFT_DOWN, SHIFT_RIGHT } from './draws';
import { mix, shareOf, signedOf, wholeOf } from './hash';
import { FLOAT } from './simd';
import { augmentSeedOf, firstOf } from './step';

const DEGREE: f64 = 3.141592653589793 / 180;
/** Places between pixels are rounded to such parts of one: the mean of four bytes is then exact in float32. */
const PARTS: i32 = 256;
const PART_BITS: i32 = 8;
/** What the weighted sum of four largest bytes comes to. */
const LARGEST_SUM: f32 = 255 * 65536;

/*
 * The images at hand, and of one of them which place in the source a pixel shows: `origin + column · perColumn + row · perRow`
 * and the bending, in parts of a pixel, down and right. Every worker has an instance of this module, and with it these
 * variables, of its own.
 */
let height: i32;
let width: i32;
let channels: i32;
let reflects: bool;
let bends: bool;
let origin: v128 = f64x2.splat(0);
let perColumn: v128 = f64x2.splat(0);
let perRow: v128 = f64x2.splat(0);

/** Like `gatherImages`, but that each image is changed at random, in one pass over its pixels. */
export function augmentImages(
  begin: i32,
  end: i32,
  step: i32,
  steps: i32,
  images: i32,
  labels: i32,
  order: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  imageHeight: i32,
  imageWidth: i32,
  imageChannels: i32,
  targets: i32,
  shift: f64,
  rotate: f64,
  scale: f64,
  shear: f64,
  elastic: f64,
  crop: i32,
  flip: i32,
  reflect: i32,
): void {
  height = imageHeight;
  width = imageWidth;
  channels = imageChannels;
  reflects = reflect != 0;
  bends = elastic > 0;
  const first = firstOf(steps, step);
  const stepHash = mix(augmentSeedOf(steps, step));
  for (let item = begin; item < end; item++) {
    const hash = mix(stepHash + item);
    const units = f64x2(<f64>PARTS, flip != 0 && shareOf(hash, FLIP) < 0.5 ? -(<f64>PARTS) : <f64>PARTS);
    placeImage(hash, units, shift, rotate, scale, shear, crop);
    if (bends) bendImage(hash, f64x2.mul(units, f64x2.splat(elastic)), max(height, width));
    const index = i32.load(order + (first + item) * 4);
    i32.store(targets + item * 4, i32.load8_u(labels + index));
    paint(images + index * height * width * channels, output + item * outputItem, outputRow);
  }
}

/**
 * Draws where an image comes to lie, the bending left out.
 *
 * @param units parts of a pixel, down and right; the latter are negative in a mirror
 */
function placeImage(
  hash: u32,
  units: v128,
  shift: f64,
  rotate: f64,
  scale: f64,
  shear: f64,
  crop: i32,
): void {
  const down = shift * signedOf(hash, SHIFT_DOWN) + wholeOf(hash, CROP_DOWN, crop);
  const right = shift * signedOf(hash, SHIFT_RIGHT) + wholeOf(hash, CROP_RIGHT, crop);
  const angle = rotate * signedOf(hash, ROTATE) * DEGREE;
  const size = 1 + scale * signedOf(hash, SCALE);
  const slant = Math.tan(shear * signedOf(hash, SHEAR) * DEGREE);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const byColumn = f64x2(-sin / size, (cos + slant * sin) / size);
  const byRow = f64x2(cos / size, (sin - slant * cos) / size);
  const centreX = <f64>(width - 1) / 2;
  const centreY = <f64>(height - 1) / 2;
  const fromCentre = f64x2.add(
    f64x2.mul(byColumn, f64x2.splat(-centreX - right)),
    f64x2.mul(byRow, f64x2.splat(-centreY - down)),
  );
  perColumn = f64x2.mul(units, byColumn);
  perRow = f64x2.mul(units, byRow);
  // Half a part more, so that rounding down rounds to the nearest.
  const middle = f64x2(centreY * <f64>PARTS + 0.5, centreX * <f64>PARTS + 0.5);
  origin = f64x2.add(middle, f64x2.mul(units, fromCentre));
}

/** Writes all pixels of an image, each from the place in the source that the map says. */
function paint(image: i32, to: i32, toRow: i32): void {
  for (let row = 0; row < height; row++) {
    const start = f64x2.add(origin, f64x2.mul(perRow, f64x2.splat(<f64>row)));
    if (bends) {
      paintBentRow(image, to, row, start);
    } else {
      paintRow(image, to, start);
    }
    to += toRow;
  }
}

function paintRow(image: i32, to: i32, start: v128): void {
  for (let column = 0; column < width; column++) {
    const place = f64x2.add(start, f64x2.mul(perColumn, f64x2.splat(<f64>column)));
    sample(image, i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(place)), to);
    to += channels * FLOAT;
  }
}

/** Writes a row, a cell of the bending's grid after the other. */
function paintBentRow(image: i32, to: i32, row: i32, start: v128): void {
  bendRow(row);
  let column = 0;
  for (let cell = 0; column < width; cell++) {
    bendCell(cell);
    const end = min(width, <i32>ceil<f64>(<f64>(cell + 1) * spacing));
    for (; column < end; column++) {
      const t = f64x2.splat(<f64>column / spacing - <f64>cell);
      let bent = f64x2.add(bend2, f64x2.mul(t, bend3));
      bent = f64x2.add(bend1, f64x2.mul(t, bent));
      bent = f64x2.add(bend0, f64x2.mul(t, bent));
      const place = f64x2.add(start, f64x2.mul(perColumn, f64x2.splat(<f64>column)));
      sample(image, i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(f64x2.add(place, bent))), to);
      to += channels * FLOAT;
    }
  }
}

/** The weighted mean of the four pixels around a place, which is given in parts, down and right, channel by channel. */
function sample(image: i32, place: v128, to: i32): void {
  const y = i32x4.extract_lane(place, 0);
  const x = i32x4.extract_lane(place, 1);
  const top = y >> PART_BITS;
  const left = x >> PART_BITS;
  const below = y & (PARTS - 1);
  const after = x & (PARTS - 1);
  if (<u32>top < <u32>(height - 1) && <u32>left < <u32>(width - 1)) {
    const pixel = channels;
    const rowBytes = width * pixel;
    const from = image + top * rowBytes + left * pixel;
    for (let c = 0; c < pixel; c++) {
      const upper = blend(i32.load8_u(from + c), i32.load8_u(from + c + pixel), after);
      const lower = blend(i32.load8_u(from + c + rowBytes), i32.load8_u(from + c + rowBytes + pixel), after);
      store(to + c * FLOAT, blend(upper, lower, below));
    }
  } else {
    sampleEdge(image, top, left, below, after, to);
  }
}

/** Where some of the four pixels lie outside the image. */
function sampleEdge(image: i32, top: i32, left: i32, below: i32, after: i32, to: i32): void {
  for (let c = 0; c < channels; c++) {
    const upper = blend(byteAt(image, top, left, c), byteAt(image, top, left + 1, c), after);
    const lower = blend(byteAt(image, top + 1, left, c), byteAt(image, top + 1, left + 1, c), after);
    store(to + c * FLOAT, blend(upper, lower, below));
  }
}

/** `a` and `b` with weights that come to `PARTS`. */
function blend(a: i32, b: i32, weight: i32): i32 {
  return (a << PART_BITS) + weight * (b - a);
}

function store(to: i32, sum: i32): void {
  f32.store(to, <f32>sum / LARGEST_SUM);
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
