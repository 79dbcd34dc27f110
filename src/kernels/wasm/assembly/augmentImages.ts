import { bendImage, straighten } from './lib/bend';
import {
  BOX_DOWN,
  BOX_RIGHT,
  BRIGHTNESS,
  CONTRAST,
  CROP_DOWN,
  CROP_RIGHT,
  ERASE_DOWN,
  ERASE_RIGHT,
  FIRST_TRY,
  FLIP,
  MIX_KIND,
  ROTATE,
  SCALE,
  SHEAR,
  SHIFT_DOWN,
  SHIFT_RIGHT,
  TRIES,
} from './lib/draws';
import { mix, shareOf, signedOf, wholeOf } from './lib/hash';
import { channels, height, paint, PARTS, setImages, setMap, setShade, width } from './lib/paint';
import { FLOAT } from './lib/simd';
import { augmentSeedOf, countOf, firstOf } from './generated/step';

const DEGREE: f64 = 3.141592653589793 / 180;

/*
 * How strong the changes are, and where the images lie. Every worker has an instance of this module, and with it these
 * variables, of its own.
 */
let shift: f64;
let rotate: f64;
let scale: f64;
let shear: f64;
let elastic: f64;
let crop: i32;
let brightness: f64;
let contrast: f64;
let flips: bool;
let stepHash: u32;
/** From here on, 4 bytes an image of the batch: its index. */
let indices: i32;
let pixels: i32;
let toRow: i32;

/** Like `gatherImages`, but that each image is changed at random, and mixed with the next of the batch. */
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
  outputHeight: i32,
  outputWidth: i32,
  outputChannels: i32,
  targets: i32,
  partners: i32,
  partnerShares: i32,
  shiftPixels: f64,
  rotateDegrees: f64,
  scaleShare: f64,
  shearDegrees: f64,
  elasticPixels: f64,
  cropPixels: i32,
  erasePixels: i32,
  brightnessShare: f64,
  contrastShare: f64,
  mixup: f64,
  cutmix: f64,
  flip: bool,
  reflect: bool,
): void {
  setImages(outputHeight, outputWidth, outputChannels, reflect, elasticPixels > 0);
  if (elasticPixels == 0) straighten();
  shift = shiftPixels;
  rotate = rotateDegrees;
  scale = scaleShare;
  shear = shearDegrees;
  elastic = elasticPixels;
  crop = cropPixels;
  brightness = brightnessShare;
  contrast = contrastShare;
  flips = flip;
  stepHash = mix(augmentSeedOf(steps, step));
  indices = order + firstOf(steps, step) * 4;
  pixels = images;
  toRow = outputRow;
  const count = <i32>countOf(steps, step);
  for (let item = begin; item < end; item++) {
    const to = output + item * outputItem;
    const partner = (item + 1) % count;
    paintItem(item, to, 0, 0, height, width, 1);
    const share = mixup > 0 || cutmix > 0 ? mixItem(item, partner, to, mixup, cutmix) : 0;
    if (erasePixels > 0) eraseSquare(mix(stepHash + item), to, erasePixels);
    i32.store(targets + item * 4, i32.load8_u(labels + indexOf(item)));
    i32.store(partners + item * 4, i32.load8_u(labels + indexOf(partner)));
    f32.store(partnerShares + item * 4, <f32>share);
  }
}

/** Which of all images is that of the batch. */
function indexOf(item: i32): i32 {
  return i32.load(indices + item * 4);
}

/** Draws what becomes of an image of the batch, and paints a rectangle of it. */
function paintItem(item: i32, to: i32, top: i32, left: i32, bottom: i32, right: i32, share: f64): void {
  const hash = mix(stepHash + item);
  const image = pixels + indexOf(item) * height * width * channels;
  const isMirrored = flips && shareOf(hash, FLIP) < 0.5;
  const units = f64x2(<f64>PARTS, isMirrored ? -(<f64>PARTS) : <f64>PARTS);
  placeImage(hash, units);
  if (elastic > 0) bendImage(hash, f64x2.mul(units, f64x2.splat(elastic)), max(height, width));
  const bright = 1 + brightness * signedOf(hash, BRIGHTNESS);
  const strong = 1 + contrast * signedOf(hash, CONTRAST);
  setShade(strong * bright, contrast > 0 ? (1 - strong) * bright * meanOf(image) : 0);
  paint(image, to, toRow, top, left, bottom, right, share);
}

/**
 * Draws where an image comes to lie, the bending left out.
 *
 * @param units parts of a pixel, down and right; the latter are negative in a mirror
 */
function placeImage(hash: u32, units: v128): void {
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
  // Half a part more, so that rounding down rounds to the nearest.
  const middle = f64x2(centreY * <f64>PARTS + 0.5, centreX * <f64>PARTS + 0.5);
  setMap(
    f64x2.add(middle, f64x2.mul(units, fromCentre)),
    f64x2.mul(units, byColumn),
    f64x2.mul(units, byRow),
  );
}

/** From 0 to 1. */
function meanOf(image: i32): f64 {
  const bytes = height * width * channels;
  let sum = 0;
  for (let i = 0; i < bytes; i++) sum += i32.load8_u(image + i);
  return <f64>sum / <f64>(255 * bytes);
}

/** Lays its partner over an image, all of it thinly or a rectangle of it; returns what part of the image that is. */
function mixItem(item: i32, partner: i32, to: i32, mixup: f64, cutmix: f64): f64 {
  const hash = mix(stepHash + item);
  const isBox = cutmix > 0 && (mixup == 0 || shareOf(hash, MIX_KIND) >= 0.5);
  const share = betaOf(hash, isBox ? cutmix : mixup);
  if (!isBox) {
    paintItem(partner, to, 0, 0, height, width, share);
    return share;
  }
  const side = sqrt<f64>(share);
  const high = <i32>(side * <f64>height);
  const wide = <i32>(side * <f64>width);
  const y = <i32>(shareOf(hash, BOX_DOWN) * <f64>height) - high / 2;
  const x = <i32>(shareOf(hash, BOX_RIGHT) * <f64>width) - wide / 2;
  const top = max(0, y);
  const left = max(0, x);
  const bottom = min(height, y + high);
  const right = min(width, x + wide);
  paintItem(partner, to, top, left, bottom, right, 1);
  return <f64>((bottom - top) * (right - left)) / <f64>(height * width);
}

/** A number between 0 and 1 of the distribution Beta(alpha, alpha), by Jöhnk's method. */
function betaOf(hash: u32, alpha: f64): f64 {
  let share: f64 = 0.5;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const a = Math.pow(shareOf(hash, FIRST_TRY + 2 * attempt), 1 / alpha);
    const b = Math.pow(shareOf(hash, FIRST_TRY + 2 * attempt + 1), 1 / alpha);
    if (a + b > 0) share = a / (a + b);
    if (a + b > 0 && a + b <= 1) break;
  }
  return share;
}

function eraseSquare(hash: u32, to: i32, side: i32): void {
  const y = <i32>(shareOf(hash, ERASE_DOWN) * <f64>height) - side / 2;
  const x = <i32>(shareOf(hash, ERASE_RIGHT) * <f64>width) - side / 2;
  const left = max(0, x);
  const bytes = (min(width, x + side) - left) * channels * FLOAT;
  for (let row = max(0, y); row < min(height, y + side); row++) {
    memory.fill(to + row * toRow + left * channels * FLOAT, 0, bytes);
  }
}
