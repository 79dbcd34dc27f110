/** The position of what is no digit among the detector's logits, after the ten digits. */
export const NONE = 10;

/**
 * How much more an image looks like anything else than like the predicted digit.
 *
 * @param detected the logits of `detectDigit`
 */
export function nonDigitMargin(detected: Float32Array, predicted: number): number {
  return detected[NONE] - detected[predicted];
}
