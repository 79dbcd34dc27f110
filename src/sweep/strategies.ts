import { medianPruner } from './pruners/median.js';
import type { Pruner } from './pruners/pruner.js';
import { successiveHalvingPruner } from './pruners/stopping.js';
import { gridSampler } from './samplers/grid.js';
import { quasiRandomSampler } from './samplers/quasiRandom.js';
import { randomSampler } from './samplers/random.js';
import type { Sampler, SamplerOptions } from './samplers/sampler.js';
import { tpeSampler } from './samplers/tpe/tpe.js';
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
