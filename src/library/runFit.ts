import { type FitOptions, type FitResult, trainAndScore } from '../train/trainAndScore.js';

/** Trains without blocking the calling thread: in Node.js, the threads of the engine compute. */
export function runFit(options: FitOptions): Promise<FitResult> {
  return trainAndScore(options);
}
