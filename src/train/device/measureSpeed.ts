import type { Dataset } from '../../data/dataset.js';
import { INERT_STEP } from '../../plan/steps.js';
import { biasCorrections } from '../optimization/optimizers.js';
import type { Session } from '../session.js';

/** How long training is measured. */
const TRIAL_MS = 150;
/** The number of steps of the first run and, as in training, of the longest. */
const STEPS = { first: 2, most: 32 };

/**
 * The speed of training in images per second, of the fastest of several runs, since other programs can only make them slower. The state of
 * the session is the same afterward.
 */
export async function measureSpeed(session: Session, dataset: Dataset, batchSize: number): Promise<number> {
  const state = await session.state();
  // Compiles the shaders, also those of the validation.
  await trainSteps(session, dataset, batchSize, 1);
  await session.score(Uint32Array.of(0));
  let fastest = 0;
  const started = performance.now();
  for (let steps = STEPS.first; performance.now() - started < TRIAL_MS;) {
    const begun = performance.now();
    await trainSteps(session, dataset, batchSize, steps);
    fastest = Math.max(fastest, (1000 * steps * batchSize) / (performance.now() - begun));
    steps = Math.min(STEPS.most, 2 * steps);
  }
  session.setState(state);
  return fastest;
}

/** Trains on the first training images, or on all of them several times. */
async function trainSteps(
  session: Session,
  { train }: Dataset,
  batchSize: number,
  steps: number,
): Promise<void> {
  session.setOrder(Uint32Array.from({ length: steps * batchSize }, (_, i) => i % train.labels.length));
  await session.train(
    Array.from({ length: steps }, (_, step) => ({
      ...INERT_STEP,
      ...biasCorrections(step + 1),
      first: step * batchSize,
      count: batchSize,
    })),
  );
}
