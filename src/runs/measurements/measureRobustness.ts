import { checkArguments } from '../../core/arguments/checkArguments.js';
import { checkOptions, type OptionKinds } from '../../core/arguments/checkOptions.js';
import * as kinds from '../../core/arguments/kinds.js';
import { InklingError } from '../../core/errors.js';
import { sizeOf } from '../../core/shape.js';
import type { Dataset } from '../../data/dataset.js';
import { pixelsOf } from '../../data/imageSet.js';
import { matchClasses } from '../../data/matchClasses.js';
import { teamOf } from '../../engine/teamOf.js';
import {
  type CorruptionName,
  CORRUPTIONS,
  corruptImages,
  corruptions,
} from '../../images/corrupt/corruptions.js';
import type { SavedModel } from '../../interop/checkpoint.js';
import { resolveModel } from '../../models/resolve.js';
import { hardwareThreads } from '../../platform/host.js';
import { CompiledModel } from '../../predict/compiledModel.js';
import { scoreImages } from '../../predict/score.js';
import type { ViewSettings } from '../../predict/viewSettings.js';
import { assertFits } from '../../train/assertFits.js';
import type { Robustness } from './robustness.js';

/** How robustness is measured. */
export interface RobustnessOptions {
  /** Number of worker threads; by default one per core. */
  readonly threads?: number | undefined;
  /** Test-time augmentation. */
  readonly tta?: ViewSettings | undefined;
  /** Called with the completed fraction, from 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: OptionKinds<RobustnessOptions> = {
  threads: kinds.count,
  tta: kinds.object,
  onProgress: kinds.callback,
  signal: kinds.signal,
};

/** So many images are corrupted at a time. */
const PART = 500;

/**
 * Measures how many test images a model classifies correctly when they are shifted, rotated, noisy, blurred, or low in contrast, each at five severities. The
 * model receives the changed images as they are. The result is the same each time; it must not be used to select a model, since it is of test images.
 *
 * @throws {UsageError} for anything but a trained model and a data set
 * @throws {InklingError} when the model does not fit the data set, or the data set has no test images
 * @throws the signal's reason when it is aborted
 */
export async function measureRobustness(
  saved: SavedModel,
  dataset: Dataset,
  options: RobustnessOptions = {},
): Promise<Robustness> {
  checkArguments('measureRobustness', { saved, dataset });
  checkOptions('measureRobustness', options, OPTIONS);
  const { threads = hardwareThreads(), ...scoring } = options;
  const matched = matchClasses(dataset, saved.classes);
  assertFits(resolveModel(saved.model), matched);
  const total = matched.test.labels.length;
  if (total === 0) {
    throw new InklingError(`${dataset.name}: expected test images to corrupt, got none; add some`);
  }
  const model = await CompiledModel.create(saved, { engine: teamOf(threads) });
  try {
    return { total, ...(await countCorrect(model, matched, scoring)) };
  } finally {
    await model.close();
  }
}

async function countCorrect(
  model: CompiledModel,
  dataset: Dataset,
  options: Omit<RobustnessOptions, 'threads'>,
): Promise<Omit<Robustness, 'total'>> {
  const variants = [
    undefined,
    ...CORRUPTIONS.flatMap((name) => corruptions[name].levels.map((level) => ({ name, level }))),
  ];
  const counts: number[] = [];
  for (const variant of variants) {
    const onPart = (fraction: number) => options.onProgress?.((counts.length + fraction) / variants.length);
    counts.push(await countCorrectOf(model, dataset, variant, { ...options, onProgress: onPart }));
  }
  const [correct, ...corrupted] = counts;
  let next = 0;
  return {
    correct,
    corruptions: CORRUPTIONS.map((name) => {
      const { levels } = corruptions[name];
      return { name, levels, correct: corrupted.slice(next, (next += levels.length)) };
    }),
  };
}

/** How many test images are classified correctly after a change. */
async function countCorrectOf(
  model: CompiledModel,
  { test: { images, labels }, shape }: Dataset,
  change: { readonly name: CorruptionName; readonly level: number } | undefined,
  { tta, signal, onProgress }: Omit<RobustnessOptions, 'threads'>,
): Promise<number> {
  let correct = 0;
  for (let first = 0; first < labels.length; first += PART) {
    signal?.throwIfAborted();
    const part = labels.subarray(first, first + PART);
    const pixels = pixelsOf(images, sizeOf(shape), first, part.length);
    const seen = change === undefined ? pixels : corruptImages(pixels, shape, { ...change, first });
    const { predictions } = await scoreImages(model, { images: seen, labels: part }, { tta, signal });
    correct += predictions.filter((predicted, i) => predicted === part[i]).length;
    onProgress?.((first + part.length) / labels.length);
  }
  return correct;
}
