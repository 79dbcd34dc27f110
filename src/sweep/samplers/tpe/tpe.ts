import type { Random } from '../../../core/random.js';
import { decodeValue, encodeValue, type Value } from '../../space/distribution.js';
import { isActive, type Parameter, type Params, type Space } from '../../space/space.js';
import type { Trial } from '../../trial.js';
import { randomSampler } from '../random.js';
import { randomOf, type Sampler, type SamplerOptions } from '../sampler.js';
import { ParzenEstimator } from './parzenEstimator.js';
import { TrialSplitter } from './splitTrials.js';

/** So many trials are drawn at random before there are enough results. */
const STARTUP_TRIALS = 10;
/** The number of values that are compared for each suggestion. */
const CANDIDATES = 24;

/**
 * The tree-structured Parzen estimator: of values drawn from the density of the good trials, it suggests those for which this
 * density is highest in relation to that of the others. Parameters with the same conditions have a joint density.
 * Sources: J. Bergstra et al., "Algorithms for hyper-parameter optimization", NeurIPS 2011; S. Falkner et al., "BOHB: robust and
 * efficient hyperparameter optimization at scale", ICML 2018, for the joint density. The constants and the kernels are those that
 * Optuna documents: S. Watanabe, "Tree-structured Parzen estimator", arXiv:2304.11127, 2023.
 */
export function tpeSampler(options: SamplerOptions): Sampler {
  const { space, seed, direction } = options;
  const startup = randomSampler(options);
  const groups = groupsOf(space).map((parameters) => ({ parameters, encode: encoderOf(parameters) }));
  const splitter = new TrialSplitter(direction);
  let densities = new Map<Group, Densities>();
  const densitiesOf = (group: Group): Densities => {
    const known = densities.get(group);
    if (known !== undefined) return known;
    const { good, others } = splitter.split();
    const estimated = { good: estimatorOf(group, good), others: estimatorOf(group, others) };
    densities.set(group, estimated);
    return estimated;
  };
  return {
    learn(trial) {
      const { count } = splitter;
      splitter.add(trial);
      if (splitter.count > count) densities = new Map();
    },
    suggest(number) {
      if (splitter.count < STARTUP_TRIALS) return startup.suggest(number);
      const random = randomOf(seed, number);
      const params: Record<string, Value> = {};
      for (const group of groups) {
        if (isActive(group.parameters[0], space, params))
          Object.assign(params, suggestGroup(group.parameters, densitiesOf(group), random));
      }
      return params;
    },
  };
}

/** Parameters with the same conditions. */
interface Group {
  readonly parameters: readonly Parameter[];
  /** Their values in a trial that has ended, as numbers; undefined if they were left out. */
  readonly encode: (trial: Trial) => readonly number[] | undefined;
}

/** The parameters by their conditions. */
function groupsOf({ parameters }: Space): Parameter[][] {
  const groups = new Map<string, Parameter[]>();
  for (const parameter of parameters) {
    const conditions = JSON.stringify(Object.entries(parameter.when).sort());
    groups.set(conditions, [...(groups.get(conditions) ?? []), parameter]);
  }
  return [...groups.values()];
}

/** Of the values of parameters with the same conditions. */
interface Densities {
  readonly good: ParzenEstimator;
  readonly others: ParzenEstimator;
}

function suggestGroup(group: readonly Parameter[], { good, others }: Densities, random: Random): Params {
  let [best, highest] = [good.draw(random), -Infinity];
  for (let candidate = 0; candidate < CANDIDATES; candidate++) {
    const values = candidate === 0 ? best : good.draw(random);
    const ratio = good.logDensity(values) - others.logDensity(values);
    if (ratio > highest) [best, highest] = [values, ratio];
  }
  return Object.fromEntries(
    group.map(({ name, distribution }, index) => [name, decodeValue(distribution, best[index])]),
  );
}

function estimatorOf({ parameters, encode }: Group, trials: readonly Trial[]): ParzenEstimator {
  const distributions = parameters.map(({ distribution }) => distribution);
  return new ParzenEstimator(
    distributions,
    trials.map(encode).filter((values) => values !== undefined),
  );
}

/** Encodes the values of each trial once, since those that have ended no longer change. */
function encoderOf(parameters: readonly Parameter[]): Group['encode'] {
  const known = new WeakMap<Trial, readonly number[]>();
  return (trial) => {
    const { params } = trial;
    if (params[parameters[0].name] === undefined) return undefined;
    const before = known.get(trial);
    if (before !== undefined) return before;
    const values = parameters.map(({ name, distribution }) =>
      encodeValue(distribution, params[name] ?? null),
    );
    known.set(trial, values);
    return values;
  };
}
