import { leadingTrial } from '../../../sweep/finalists/finalists.js';
import type { ReportSweep } from '../reportSweep.js';

/** How the best trial did on the test images. */
export interface TestScore {
  readonly accuracy: number;
  readonly loss: number;
  readonly correct: number;
  readonly total: number;
}

/** Undefined until the best trial has been scored. */
export function testOf(sweep: ReportSweep): TestScore | undefined {
  const { test, facts } = sweep;
  if (test === undefined || test.trial !== leadingTrial(sweep)?.number) return undefined;
  const total = facts.dataset.test;
  return {
    accuracy: test.accuracy,
    loss: test.loss,
    correct: Math.round(test.accuracy * total),
    total,
  };
}
