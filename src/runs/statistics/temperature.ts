/** A probability of zero is a rounded one: this is the least positive number of 32 bits, in which probabilities are computed. */
const LEAST_PROBABILITY = 2 ** -149;

/**
 * The probabilities that follow from the same logits divided by a temperature: the softmax of logarithms of probabilities, which differ
 * from the logits by a constant, is that of the logits. Source: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.
 *
 * @param probabilities `[images, classes]`, of temperature 1
 * @returns `[images, classes]`
 */
export function scaleProbabilities(
  probabilities: ArrayLike<number>,
  classes: number,
  temperature: number,
): Float64Array {
  const scaled = Float64Array.from(probabilities);
  if (temperature === 1) return scaled;
  for (let start = 0; start < scaled.length; start += classes) {
    const row = scaled.subarray(start, start + classes);
    const largest = Math.log(row.reduce((a, b) => Math.max(a, b), LEAST_PROBABILITY));
    let total = 0;
    for (let label = 0; label < classes; label++) {
      row[label] = Math.exp((logarithmOf(row[label]) - largest) / temperature);
      total += row[label];
    }
    for (let label = 0; label < classes; label++) row[label] /= total;
  }
  return scaled;
}

/** The natural logarithm of a probability, which is finite also where it was rounded to zero. */
export function logarithmOf(probability: number): number {
  return Math.log(Math.max(probability, LEAST_PROBABILITY));
}
