import type { Plan } from '../plan/plan.js';
import { MAX_STEPS, type Step } from '../plan/steps.js';

/** @throws {Error} for more steps than a run has, or images than a batch has */
export function checkSteps({ name, batchSize }: Plan, steps: readonly Step[]): void {
  if (steps.length > MAX_STEPS) {
    throw new Error(`a run has at most ${String(MAX_STEPS)} steps, not ${String(steps.length)}`);
  }
  const tooLarge = steps.find(({ count }) => count > batchSize);
  if (tooLarge !== undefined) {
    throw new Error(
      `plan ${name} takes at most ${String(batchSize)} images per step, not ${String(tooLarge.count)}`,
    );
  }
}
