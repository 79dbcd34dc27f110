/** The mean accuracy over all severities of a corruption, as a fraction. */
export function meanAccuracy(correct: readonly number[], total: number): number {
  return correct.reduce((sum, count) => sum + count, 0) / correct.length / total;
}
