import { medianPruner } from './pruners/median.js';
import { Promotion } from './pruners/promotion.js';
import type { Pruner } from './pruners/pruner.js';
import { successiveHalvingPruner } from './pruners/stopping.js';
import { gridSampler } from './samplers/grid.js';
import { quasiRandomSampler } from './samplers/quasiRandom.js';
import { randomSampler } from './samplers/random.js';
import type { Sampler, SamplerOptions } from './samplers/sampler.js';
import { tpeSampler } from './samplers/tpe/tpe.js';
import type { Space } from './space/space.js';
import { highestEpochs } from './space/trialConfig.js';
import type { Direction } from './trial.js';

export const samplerNames = ['tpe', 'random', 'quasi-random', 'grid'] as const;
export const prunerNames = ['asha', 'asha-stopping', 'median', 'none'] as const;

export const DEFAULT_SAMPLER = 'tpe' satisfies SamplerName;
export const DEFAULT_PRUNER = 'asha' satisfies PrunerName;

/** What suggests the settings of trials. */
export type SamplerName = (typeof samplerNames)[number];
/** What ends trials early. */
export type PrunerName = (typeof prunerNames)[number];

/** What suggests the values of trials. */
export const SAMPLERS: Readonly<Record<SamplerName, (options: SamplerOptions) => Sampler>> = {
  tpe: tpeSampler,
  random: randomSampler,
  'quasi-random': quasiRandomSampler,
  grid: ({ space }) => gridSampler(space),
};

/** What ends trials early. */
export const PRUNERS: Readonly<Record<PrunerName, (direction: Direction) => Pruner>> = {
  // Pauses trials instead; see promotionOf.
  asha: () => () => false,
  'asha-stopping': (direction) => successiveHalvingPruner(direction),
  median: medianPruner,
  none: () => () => false,
};

/** A sampler that learns from complete trials needs some before it suggests others. */
const LEARNING_GROUP = 20;

interface PromotedSweep {
  readonly definition: { readonly pruner: PrunerName; readonly sampler: SamplerName };
  readonly space: Space;
  readonly direction: Direction;
}

/** What pauses the trials of a sweep, and continues the best; undefined if its pruner does not. */
export function promotionOf({
  definition: { pruner, sampler },
  space,
  direction,
}: PromotedSweep): Promotion | undefined {
  if (pruner !== 'asha') return undefined;
  const group = sampler === 'tpe' ? LEARNING_GROUP : Infinity;
  return new Promotion({ direction, epochs: highestEpochs(space), group });
}
