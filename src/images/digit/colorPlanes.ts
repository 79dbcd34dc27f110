import { MAX_BYTE } from '../../core/pixels.js';
import { backgroundOf, type DecodedImage, isOpaque, type Plane, wordsOf } from '../decodedImage.js';
import { type Box, resize } from '../resize/resize.js';

/** Red, green and blue, each from 0 to 1; the same plane three times if the image is gray. */
export type ColorPlanes = readonly [Plane, Plane, Plane];

/**
 * The colors of a part of an image, shrunk to at most `maxPixels` by averaging. Transparent pixels get the color of `backgroundOf`.
 *
 * @param box in whole pixels
 */
export function colorPlanes(image: DecodedImage, box: Box, maxPixels: number): ColorPlanes {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const scale = Math.min(1, Math.sqrt(maxPixels / (width * height)));
  const side = Math.max(1, Math.floor(1 / scale));
  const shrunk = (length: number) => Math.max(1, Math.round(length * scale));
  const background = isOpaque(image) ? undefined : backgroundOf(image);
  const planeOf = (channel: number) => {
    const plane =
      background === undefined
        ? averageOpaque(image, box, side, channel)
        : averageBlended(image, box, side, channel, background);
    return scale === 1 ? plane : resize(plane, shrunk(width), shrunk(height));
  };
  const red = planeOf(0);
  return hasOnlyGrays(image, box) ? [red, red, red] : [red, planeOf(1), planeOf(2)];
}

/** Whether the planes are the same one. */
export function isGray([red, green, blue]: ColorPlanes): boolean {
  return red === green && red === blue;
}

function hasOnlyGrays({ data, width }: DecodedImage, { left, top, right, bottom }: Box): boolean {
  const words = wordsOf(data);
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + left; at < y * width + right; at++) {
      // Each of the lower two bytes equals the next one.
      if (((words[at] ^ (words[at] >>> 8)) & 0xffff) !== 0) return false;
    }
  }
  return true;
}

/** The means of blocks of `side` × `side` pixels in a channel; the blocks at the right and the bottom may be smaller. */
function averageOpaque(
  { data, width: stride }: DecodedImage,
  { left, top, right, bottom }: Box,
  side: number,
  channel: number,
): Plane {
  const width = Math.ceil((right - left) / side);
  const height = Math.ceil((bottom - top) / side);
  const values = new Float32Array(width * height);
  if (side === 1) {
    for (let row = 0, to = 0; row < height; row++) {
      let at = 4 * ((top + row) * stride + left) + channel;
      for (let column = 0; column < width; column++, to++, at += 4) values[to] = data[at] / MAX_BYTE;
    }
    return { width, height, values };
  }
  for (let row = 0, to = 0; row < height; row++) {
    const [firstRow, endRow] = [top + row * side, Math.min(bottom, top + (row + 1) * side)];
    for (let column = 0; column < width; column++, to++) {
      const first = left + column * side;
      const end = Math.min(right, first + side);
      let sum = 0;
      for (let y = firstRow; y < endRow; y++) {
        const endOfRow = 4 * (y * stride + end);
        for (let at = 4 * (y * stride + first); at < endOfRow; at += 4) sum += data[at + channel];
      }
      values[to] = sum / (MAX_BYTE * (end - first) * (endRow - firstRow));
    }
  }
  return { width, height, values };
}

/** The same, blended with the background. */
function averageBlended(
  { data, width: stride }: DecodedImage,
  { left, top, right, bottom }: Box,
  side: number,
  channel: number,
  background: number,
): Plane {
  const width = Math.ceil((right - left) / side);
  const height = Math.ceil((bottom - top) / side);
  const values = new Float32Array(width * height);
  const counts = new Float32Array(width * height);
  const columns = Int32Array.from({ length: right - left }, (_, x) => Math.floor(x / side));
  for (let y = top; y < bottom; y++) {
    const row = Math.floor((y - top) / side) * width;
    for (let x = 0, from = 4 * (y * stride + left); x < columns.length; x++, from += 4) {
      const to = row + columns[x];
      values[to] += background + (data[from + channel] - background) * (data[from + 3] / MAX_BYTE);
      counts[to] += MAX_BYTE;
    }
  }
  for (let i = 0; i < values.length; i++) values[i] /= counts[i];
  return { width, height, values };
}
