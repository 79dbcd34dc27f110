import { splitMethodOf } from '../data/split.js';
import type { EpochRecord } from '../train/epochRecord.js';
import type { TrainingTask } from '../train/task.js';
import { bestOf } from '../train/trainer.js';
import type { RunSummary } from './runSummary.js';

/** What follows from a training itself, not from where and how it was run. */
export interface TrainingFacts extends Pick<RunSummary, 'model' | 'epochs' | 'best' | 'seed'> {
  readonly dataset: Omit<RunSummary['dataset'], 'fingerprint' | 'note'>;
  readonly timing: Pick<RunSummary['timing'], 'trainSeconds' | 'imagesPerSecond'>;
}

export function trainingFactsOf(
  { model, dataset, config, split }: TrainingTask,
  epochs: readonly EpochRecord[],
): TrainingFacts {
  const { name, source, shape, classes, test, validationCount } = dataset;
  const best = bestOf(epochs, config.monitor);
  const trainSeconds = epochs.reduce(
    (seconds, { imagesPerSecond }) => seconds + split.train.length / imagesPerSecond,
    0,
  );
  return {
    dataset: {
      name,
      source,
      train: split.train.length,
      validation: split.validation.length,
      test: test.labels.length,
      validationSplit:
        config.fold !== undefined
          ? 'fold'
          : validationCount === undefined
            ? config.group !== undefined
              ? 'grouped'
              : (config.split ?? splitMethodOf(dataset, config.splitSeed))
            : 'predefined',
      shape,
      classes,
    },
    model: {
      name: model.model.name,
      parameters: model.parameterCount,
      multiplyAdds: model.multiplyAdds,
    },
    epochs,
    ...(best && { best: { epoch: best.epoch, validationAccuracy: best.validationAccuracy } }),
    timing: {
      trainSeconds,
      imagesPerSecond: trainSeconds === 0 ? 0 : (split.train.length * epochs.length) / trainSeconds,
    },
    seed: config.seed,
  };
}
