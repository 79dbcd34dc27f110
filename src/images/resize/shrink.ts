import type { DecodedImage } from '../decodedImage.js';

/**
 * Shrinks an image that has more than a number of pixels: each new pixel is the mean of a square block, in which a pixel counts by its
 * opacity. Blocks at the right and at the bottom may be cut off.
 *
 * @param maxPixels a larger image has at most so many afterwards
 * @returns the image itself if it is not larger
 */
export function shrinkTo<Image extends DecodedImage>(maxPixels: number, image: Image): Image {
  const side = Math.ceil(Math.sqrt((image.width * image.height) / maxPixels));
  if (side <= 1) return image;
  const [width, height] = [Math.ceil(image.width / side), Math.ceil(image.height / side)];
  const data = new Uint8Array(4 * width * height);
  const sums = new Float64Array(4 * width);
  const counts = new Uint32Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    counts.fill(0);
    for (let row = y * side; row < Math.min(image.height, (y + 1) * side); row++) {
      addRow(image, row, side, sums, counts);
    }
    for (let x = 0; x < width; x++) {
      const opacity = sums[4 * x + 3];
      const to = 4 * (y * width + x);
      for (let color = 0; color < 3; color++) {
        data[to + color] = opacity === 0 ? 0 : Math.round(sums[4 * x + color] / opacity);
      }
      data[to + 3] = Math.round(opacity / counts[x]);
    }
  }
  return { ...image, width, height, data };
}

/** Adds the pixels of a row to the sums of the blocks that they are in: colors times opacity, and opacity. */
function addRow(
  { width, data }: DecodedImage,
  row: number,
  side: number,
  sums: Float64Array,
  counts: Uint32Array,
): void {
  let from = 4 * row * width;
  for (let start = 0, block = 0; start < width; start += side, block++) {
    const end = Math.min(width, start + side);
    let [red, green, blue, opacity] = [0, 0, 0, 0];
    for (let x = start; x < end; x++, from += 4) {
      const alpha = data[from + 3];
      red += alpha * data[from];
      green += alpha * data[from + 1];
      blue += alpha * data[from + 2];
      opacity += alpha;
    }
    sums[4 * block] += red;
    sums[4 * block + 1] += green;
    sums[4 * block + 2] += blue;
    sums[4 * block + 3] += opacity;
    counts[block] += end - start;
  }
}
