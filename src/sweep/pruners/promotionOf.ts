import type { Space } from '../space/space.js';
import { highestEpochs } from '../space/trialConfig.js';
import type { PrunerName, SamplerName } from '../strategies.js';
import type { Direction } from '../trial.js';
import { Promotion } from './promotion.js';

/** A sampler that learns from complete trials needs some before it suggests others. */
const LEARNING_GROUP = 20;

interface PromotedSweep {
  readonly definition: { readonly pruner: PrunerName; readonly sampler: SamplerName };
  readonly space: Space;
  readonly direction: Direction;
}

/** What pauses the trials of a sweep, and continues the best; with another pruner, none is paused. */
export function promotionOf({ definition: { pruner, sampler }, space, direction }: PromotedSweep): Promotion {
  const group = sampler === 'tpe' ? LEARNING_GROUP : Infinity;
  return new Promotion({ direction, epochs: pruner === 'asha' ? highestEpochs(space) : 0, group });
}
