import { checkArguments } from '../../core/arguments/checkArguments.js';
import { checkOptions, type OptionKinds } from '../../core/arguments/checkOptions.js';
import * as kinds from '../../core/arguments/kinds.js';
import { InklingError, UsageError } from '../../core/errors.js';
import { formatPlural } from '../../core/format.js';
import type { Shape } from '../../core/shape.js';
import { type ConfidentLearning, confidentLearning } from '../../data/audit/confidentLearning.js';
import { countClasses } from '../../data/classes.js';
import type { Dataset } from '../../data/dataset.js';
import { type ExcludedImages, excludedImages } from '../../data/audit/excludedImages.js';
import { groupedFoldCount } from '../../data/groups/groupedSplit.js';
import type { Progress } from '../../train/events.js';
import { type Config, parseConfig, type PartialConfig } from '../../train/config.js';
import { withAbsolutePaths } from '../dataset/absolutePaths.js';
import { type OutOfFoldHooks, predictOutOfFold } from './outOfFold.js';

/** The progress of an audit. */
export interface LabelAuditProgress extends Progress {
  /** The fold whose images are predicted next, from 1. */
  readonly fold: number;
  readonly folds: number;
}

/** How labels are audited. */
export interface LabelAuditOptions extends Pick<OutOfFoldHooks, 'onDownload' | 'signal'> {
  /** How the models are trained: settings of `inkling train` that replace the defaults, such as `{ model: 'deep-cnn', epochs: 10 }`. */
  readonly settings?: PartialConfig | undefined;
  /** Called several times a second while a network is trained. */
  readonly onProgress?: ((progress: LabelAuditProgress) => void) | undefined;
}

/** The labels of a data set that are probably wrong. */
export interface LabelAudit extends ConfidentLearning {
  /** How the models were trained. */
  readonly settings: Config;
  /** The fraction of labels that the models predict. */
  readonly agreement: number;
  /** The images with such labels, as the setting `exclude` that trains without them. */
  readonly exclude: ExcludedImages;
}

/** Measured on MNIST: with three folds, as many wrong labels are found. */
const MAX_FOLDS = 3;
/** Settings that do not apply. */
const OTHERS = [
  'fold',
  'exclude',
  'trainLimit',
  'trainLimitPerClass',
] as const satisfies readonly (keyof Config)[];

const OPTIONS: OptionKinds<LabelAuditOptions> = {
  settings: kinds.object,
  onProgress: kinds.callback,
  onDownload: kinds.callback,
  signal: kinds.signal,
};

/**
 * Finds training images whose label is probably wrong, by confident learning: the images are divided into folds, and each is predicted by a small network that was trained
 * on the other folds. Trains as many networks as there are folds, on all cores; the result is the same for any number of threads.
 *
 * @throws {UsageError} for arguments of another kind, or invalid settings
 * @throws {InklingError} when a class has a single image, or training fails
 * @throws the signal's reason when it is aborted
 */
export async function findLabelErrors(given: Dataset, options: LabelAuditOptions = {}): Promise<LabelAudit> {
  checkArguments('findLabelErrors', { dataset: given });
  checkOptions('findLabelErrors', options, OPTIONS);
  const { settings = {}, onProgress, ...hooks } = options;
  const dataset = { ...given, validationCount: undefined };
  const config = auditConfig(settings, dataset);
  const { folds } = config;
  const probabilities = await predictOutOfFold(dataset, config, {
    ...hooks,
    onEvent(fold, event) {
      if (event.type === 'progress') onProgress?.({ fold, folds, ...event });
    },
  });
  const { labels } = dataset.train;
  const classes = dataset.classes.length;
  const found = confidentLearning({ labels, probabilities, classes });
  return {
    ...found,
    settings: config,
    agreement: agreementOf(labels, probabilities, classes),
    exclude: excludedImages(
      dataset,
      found.errors.map(({ image }) => image),
    ),
  };
}

/** A few epochs; color images need a larger network. */
function defaultSettings([, , channels]: Shape): PartialConfig {
  const settings = { epochs: 2, batchSize: 64, learningRate: 0.01, schedule: 'one-cycle' } as const;
  return channels === 1 ? settings : { ...settings, model: 'resnet-small', epochs: 5 };
}

function auditConfig(settings: PartialConfig, dataset: Dataset): Config & { readonly folds: number } {
  for (const name of OTHERS) {
    if (settings[name] === undefined) continue;
    throw new UsageError(`findLabelErrors: settings: ${name}: does not apply to an audit; leave it out`);
  }
  const { classes, source, train } = dataset;
  const counts = countClasses(train.labels, classes.length);
  const smallest = Math.min(...counts);
  const folds = settings.folds ?? Math.min(MAX_FOLDS, smallest);
  if (smallest < folds || folds < 2) {
    throw new InklingError(
      `${source.location}: the class "${classes[counts.indexOf(smallest)]}" has ${formatPlural(smallest, 'training image')}, expected at least ${Math.max(2, folds)}, ` +
        'so that each is predicted by a model that knows others; add images, or remove the class',
    );
  }
  const defaults = settings.backbone === undefined ? defaultSettings(dataset.shape) : {};
  const config = parseConfig(withAbsolutePaths({ ...defaults, ...settings }));
  const { group, splitSeed: seed } = config;
  // Groups may permit fewer folds, which a caller who states none need not know.
  const isGrouped = group !== undefined && settings.folds === undefined;
  return { ...config, folds: isGrouped ? groupedFoldCount(dataset, { folds, seed, group }) : folds };
}

function agreementOf(labels: ArrayLike<number>, probabilities: Float32Array, classes: number): number {
  let agreeing = 0;
  for (let image = 0; image < labels.length; image++) {
    const row = probabilities.subarray(image * classes, (image + 1) * classes);
    if (row[labels[image]] === Math.max(...row)) agreeing += 1;
  }
  return agreeing / labels.length;
}
