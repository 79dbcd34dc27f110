import {
  CROP_DOWN,
  CROP_RIGHT,
  FLIP,
  PART_AREA,
  PART_DOWN,
  PART_RATIO,
  PART_RIGHT,
  ROTATE,
  SCALE,
  SHEAR,
  SHIFT_DOWN,
  SHIFT_RIGHT,
} from './draws';
import { integerOf, shareOf, signedOf } from './hash';
import * as random from './randAugment';
import { height, setTransform, SUBPIXELS, width } from './resample';

const DEGREE: f64 = 3.141592653589793 / 180;

/*
 * The strengths of the geometric changes; see `imageMap.ts` of the reference kernels. Each worker has its own instance of this module,
 * and therefore its own copy of these variables.
 */
let shift: f64;
let rotate: f64;
let scale: f64;
let shear: f64;
let crop: i32;
let resizedCrop: f64;
let flipsHalf: bool;
/** The part of an image that is resized to the whole image: its sides as fractions of the image's, and its first pixel, down and right. */
let partScales: v128 = f64x2.splat(1);
let partStart: v128 = f64x2.splat(0);

export function setStrengths(
  shiftPixels: f64,
  rotateDegrees: f64,
  scaleShare: f64,
  shearDegrees: f64,
  cropPixels: i32,
  resizedCropShare: f64,
  flip: bool,
): void {
  shift = shiftPixels;
  rotate = rotateDegrees;
  scale = scaleShare;
  shear = shearDegrees;
  crop = cropPixels;
  resizedCrop = resizedCropShare;
  flipsHalf = flip;
}

/**
 * Draws the map of an image.
 *
 * @returns subpixels in the source per pixel, down and right; the latter is negative if the image is mirrored
 */
export function transformImage(hash: u32): v128 {
  drawPart(hash);
  const isMirrored = flipsHalf && shareOf(hash, FLIP) < 0.5;
  const subpixels = f64x2(<f64>SUBPIXELS, isMirrored ? -(<f64>SUBPIXELS) : <f64>SUBPIXELS);
  const units = f64x2.mul(subpixels, partScales);
  const down = shift * signedOf(hash, SHIFT_DOWN) + integerOf(hash, CROP_DOWN, crop) + random.down;
  const right = shift * signedOf(hash, SHIFT_RIGHT) + integerOf(hash, CROP_RIGHT, crop) + random.right;
  const angle = rotate * signedOf(hash, ROTATE) * DEGREE + random.angle;
  const size = 1 + scale * signedOf(hash, SCALE);
  const slant = Math.tan(shear * signedOf(hash, SHEAR) * DEGREE) + random.shearX;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const rightByColumn = (cos + slant * sin) / size;
  const rightByRow = (sin - slant * cos) / size;
  const byColumn = f64x2(-sin / size - random.shearY * rightByColumn, rightByColumn);
  const byRow = f64x2(cos / size - random.shearY * rightByRow, rightByRow);
  const centerX = <f64>(width - 1) / 2;
  const centerY = <f64>(height - 1) / 2;
  const fromCenter = f64x2.add(
    f64x2.mul(byColumn, f64x2.splat(-centerX - right)),
    f64x2.mul(byRow, f64x2.splat(-centerY - down)),
  );
  // Half a subpixel is added so that rounding down rounds to the nearest.
  const half = f64x2.splat(0.5);
  const center = f64x2.add(partStart, f64x2.mul(partScales, f64x2(centerY, centerX)));
  setTransform(
    f64x2.add(f64x2.add(f64x2.mul(center, f64x2.splat(<f64>SUBPIXELS)), half), f64x2.mul(units, fromCenter)),
    f64x2.mul(units, byColumn),
    f64x2.mul(units, byRow),
  );
  return units;
}

/** Draws the part of an image that is resized to the whole image. */
function drawPart(hash: u32): void {
  partScales = f64x2.splat(1);
  partStart = f64x2.splat(0);
  if (resizedCrop == 0) return;
  const area = resizedCrop + (1 - resizedCrop) * shareOf(hash, PART_AREA);
  const ratio = (Math.pow(4.0 / 3, signedOf(hash, PART_RATIO)) * <f64>height) / <f64>width;
  const down = min<f64>(1, sqrt<f64>(area / ratio));
  const right = min<f64>(1, sqrt<f64>(area * ratio));
  partScales = f64x2(down, right);
  partStart = f64x2(
    shareOf(hash, PART_DOWN) * (1 - down) * <f64>(height - 1),
    shareOf(hash, PART_RIGHT) * (1 - right) * <f64>(width - 1),
  );
}
