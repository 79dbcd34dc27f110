/**
 * The softmax of logits divided by a temperature.
 *
 * @param logits `[classes]`
 * @returns `[classes]`, which add up to 1
 */
export function softmax(logits: Float32Array, temperature: number): number[] {
  const max = Math.max(...logits);
  const powers = Array.from(logits, (logit) => Math.exp((logit - max) / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** `log(sum(exp(logits)))`, computed without overflow. */
export function logSumExp(logits: Float32Array): number {
  const max = Math.max(...logits);
  return max + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - max), 0));
}

/** The indices of values, the largest one first. */
export function ranked(values: readonly number[]): number[] {
  return [...values.keys()].sort((a, b) => values[b] - values[a]);
}

/** The index of the first of the largest values. */
export function argmax(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
