import { LUMA_WEIGHTS } from '../../images/decodedImage.js';

const [RED, GREEN, BLUE] = LUMA_WEIGHTS;

/**
 * The luma of an image.
 *
 * @param pixels `[height, width, channels]`, grayscale or RGB
 * @returns `[height, width]`, in the range of the pixels
 */
export function grayOf(pixels: ArrayLike<number>, channels: number): Float32Array {
  const gray = new Float32Array(pixels.length / channels);
  for (let i = 0; i < gray.length; i++) {
    gray[i] =
      channels === 3
        ? RED * pixels[3 * i] + GREEN * pixels[3 * i + 1] + BLUE * pixels[3 * i + 2]
        : pixels[channels * i];
  }
  return gray;
}
