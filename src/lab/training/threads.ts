/**
 * The number of threads that train: one processor core is left to the page, so that it reacts to its user, and draws, without waiting for
 * them. The result does not depend on it.
 */
export function trainingThreads(): number {
  return crossOriginIsolated ? Math.max(1, navigator.hardwareConcurrency - 1) : 1;
}
