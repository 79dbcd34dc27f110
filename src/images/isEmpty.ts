/** An image is empty if the standard deviation of its values within each channel, as a fraction of white, is lower. */
const MIN_DEVIATION = 0.02;

/**
 * Whether an image shows nothing: each channel is constant, except for noise.
 *
 * @param pixels `[height, width, channels]`
 * @param white the largest possible value: 1, or 255 for bytes
 */
export function isEmpty(pixels: ArrayLike<number>, channels: number, white: number): boolean {
  let variance = 0;
  for (let channel = 0; channel < channels; channel++) {
    let [sum, squares] = [0, 0];
    for (let i = channel; i < pixels.length; i += channels) {
      sum += pixels[i];
      squares += pixels[i] * pixels[i];
    }
    const count = pixels.length / channels;
    variance += squares / count - (sum / count) ** 2;
  }
  return variance < channels * (MIN_DEVIATION * white) ** 2;
}
