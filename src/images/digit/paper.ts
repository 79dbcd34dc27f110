import type { DecodedImage, Plane } from '../decodedImage.js';
import { boundsOf } from '../resize/resize.js';
import { colorPlanes, type ColorPlanes, isGray } from './colorPlanes.js';
import { median } from './select.js';
import { findSheet, pixelsInside } from './sheet.js';

/** Larger images are shrunk to this many pixels, which is enough for a digit. */
const MAX_PIXELS = 80_000;

/** The paper that a digit is written on, as far as the image shows it. */
export interface Paper {
  readonly colors: ColorPlanes;
  /** Whether each pixel shows the paper; others have its median color. */
  readonly inside: Uint8Array;
}

/** Crops the sheet of paper out of an image that shows it on a dark surface; otherwise, all of the image is paper. */
export function paperOf(image: DecodedImage): Paper {
  const colors = colorPlanes(image, boundsOf(image), MAX_PIXELS);
  const outline = findSheet(meanOf(colors));
  if (outline === undefined) return { colors, inside: new Uint8Array(colors[0].values.length).fill(1) };
  const xs = outline.map(({ x }) => x * image.width);
  const ys = outline.map(({ y }) => y * image.height);
  const box = {
    left: Math.floor(Math.min(...xs)),
    top: Math.floor(Math.min(...ys)),
    right: Math.ceil(Math.max(...xs)),
    bottom: Math.ceil(Math.max(...ys)),
  };
  const cropped = colorPlanes(image, box, MAX_PIXELS);
  const unit = {
    left: box.left / image.width,
    top: box.top / image.height,
    right: box.right / image.width,
    bottom: box.bottom / image.height,
  };
  const inside = pixelsInside(outline, unit, cropped[0].width, cropped[0].height);
  for (const { values } of new Set(cropped)) {
    const paper = median(values.filter((_, pixel) => inside[pixel] === 1));
    for (let pixel = 0; pixel < values.length; pixel++) if (inside[pixel] === 0) values[pixel] = paper;
  }
  return { colors: cropped, inside };
}

function meanOf(colors: ColorPlanes): Plane {
  const [red, green, blue] = colors;
  if (isGray(colors)) return red;
  const values = new Float32Array(red.values.length);
  for (let i = 0; i < values.length; i++) values[i] = (red.values[i] + green.values[i] + blue.values[i]) / 3;
  return { ...red, values };
}
