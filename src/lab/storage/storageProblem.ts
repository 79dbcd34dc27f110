import { text } from '../text/text.js';

/** Why nothing is kept, or what was kept is lost. */
export type StorageProblem =
  | { readonly code: 'unavailable' | 'otherTab' | 'otherVersion' | 'damaged' | 'tooLarge' }
  | { readonly code: 'failed'; readonly reason: string };

/** A problem in the language that is shown. */
export function describeProblem(problem: StorageProblem): string {
  const { storage } = text.training;
  return problem.code === 'failed' ? storage.failed(problem.reason) : storage[problem.code];
}
