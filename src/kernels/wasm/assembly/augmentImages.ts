import { setColor } from './lib/colors';
import { startImage, clearDisplacement } from './lib/elastic';
import {
  BOX_DOWN,
  BOX_RIGHT,
  BRIGHTNESS,
  CONTRAST,
  ERASE_DOWN,
  ERASE_RIGHT,
  FIRST_TRY,
  HUE,
  MIX_KIND,
  SATURATION,
  MAX_TRIES,
} from './lib/draws';
import { mix, shareOf, signedOf } from './lib/hash';
import * as random from './lib/randAugment';
import { channels, height, resample, setImages, setIntensity, width } from './lib/resample';
import { FLOAT } from './lib/simd';
import { setStrengths, transformImage } from './lib/transform';
import { augmentSeedOf, countOf, firstOf } from './generated/step';

/*
 * The strengths of the changes and the addresses of the images. Each worker has its own instance of this module, and therefore its
 * own copy of these variables.
 */
let elastic: f64;
let brightness: f64;
let contrast: f64;
let saturation: f64;
let hue: f64;
let randomChanges: i32;
let stepHash: u32;
/** The index of the batch's first image. */
let first: i32;
let pixels: i32;
let toRow: i32;

/** Like `imagesToFloats`, but each image is changed at random and mixed with the next image of the batch. */
export function augmentImages(
  begin: i32,
  end: i32,
  step: i32,
  steps: i32,
  images: i32,
  labels: i32,
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
  saturationShare: f64,
  hueShare: f64,
  resizedCropShare: f64,
  randAugment: i32,
  mixup: f64,
  cutmix: f64,
  flip: bool,
  reflect: bool,
): void {
  setImages(outputHeight, outputWidth, outputChannels, reflect, elasticPixels > 0);
  if (elasticPixels == 0) clearDisplacement();
  setStrengths(shiftPixels, rotateDegrees, scaleShare, shearDegrees, cropPixels, resizedCropShare, flip);
  elastic = elasticPixels;
  brightness = brightnessShare;
  contrast = contrastShare;
  saturation = saturationShare;
  hue = hueShare;
  randomChanges = randAugment;
  stepHash = mix(augmentSeedOf(steps, step));
  first = firstOf(steps, step);
  pixels = images;
  toRow = outputRow;
  const count = <i32>countOf(steps, step);
  for (let item = begin; item < end; item++) {
    const to = output + item * outputItem;
    const partner = (item + 1) % count;
    resampleItem(item, to, 0, 0, height, width, 1);
    const share = mixup > 0 || cutmix > 0 ? mixPartner(item, partner, to, mixup, cutmix) : 0;
    if (erasePixels > 0) eraseSquare(mix(stepHash + item), to, erasePixels);
    i32.store(targets + item * 4, i32.load(labels + (first + item) * 4));
    i32.store(partners + item * 4, i32.load(labels + (first + partner) * 4));
    f32.store(partnerShares + item * 4, <f32>share);
  }
}

/** Draws the changes to an image of the batch and writes a rectangle of the result. */
function resampleItem(item: i32, to: i32, top: i32, left: i32, bottom: i32, right: i32, share: f64): void {
  const hash = mix(stepHash + item);
  const image = pixels + (first + item) * height * width * channels;
  random.drawChanges(hash, randomChanges, height, width);
  const units = transformImage(hash);
  if (elastic > 0) startImage(hash, f64x2.mul(units, f64x2.splat(elastic)), max(height, width));
  const brightnessFactor = (1 + brightness * signedOf(hash, BRIGHTNESS)) * random.brightness;
  const contrastFactor = (1 + contrast * signedOf(hash, CONTRAST)) * random.contrast;
  setIntensity(
    contrastFactor * brightnessFactor,
    contrastFactor != 1 ? (1 - contrastFactor) * brightnessFactor * meanOf(image) : 0,
    random.solarizes ? random.SOLARIZE_FROM : Infinity,
  );
  const saturationFactor = (1 + saturation * signedOf(hash, SATURATION)) * random.saturation;
  // Only colors have saturation and hue.
  setColor(channels == 3 ? saturationFactor : 1, hue * signedOf(hash, HUE));
  resample(image, to, toRow, top, left, bottom, right, share);
}

/** The mean of an image's values, from 0 to 1. */
function meanOf(image: i32): f64 {
  const bytes = height * width * channels;
  let sum = 0;
  for (let i = 0; i < bytes; i++) sum += i32.load8_u(image + i);
  return <f64>sum / <f64>(255 * bytes);
}

/** Mixes an image with its partner (mixup or CutMix); returns the partner's share of the result. */
function mixPartner(item: i32, partner: i32, to: i32, mixup: f64, cutmix: f64): f64 {
  const hash = mix(stepHash + item);
  const isBox = cutmix > 0 && (mixup == 0 || shareOf(hash, MIX_KIND) >= 0.5);
  const share = betaOf(hash, isBox ? cutmix : mixup);
  if (!isBox) {
    resampleItem(partner, to, 0, 0, height, width, share);
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
  resampleItem(partner, to, top, left, bottom, right, 1);
  return <f64>((bottom - top) * (right - left)) / <f64>(height * width);
}

/** A number from the distribution Beta(alpha, alpha), by Jöhnk's method. */
function betaOf(hash: u32, alpha: f64): f64 {
  let share: f64 = 0.5;
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
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
