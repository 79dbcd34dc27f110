import { checkArguments } from '../../core/arguments/checkArguments.js';
import { checkOptions, checkValues, type OptionKinds } from '../../core/arguments/checkOptions.js';
import * as kinds from '../../core/arguments/kinds.js';
import type { Dataset } from '../../data/dataset.js';
import { type ExampleImage, firstOfEachClass } from '../../data/examples.js';
import type { Augmentation } from '../../plan/augmentation.js';
import { previewAugmentation } from '../../train/preview.js';
import { MAX_ROWS, writeImageRows } from './imageRows.js';

const DRAWS = 9;

/** What to draw, and where. */
export interface AugmentationSheetOptions {
  readonly augmentation: Partial<Augmentation>;
  readonly seed: number;
  /** The PNG file to write. */
  readonly file: string;
}

/** A sheet that was written. */
export interface AugmentationSheet {
  /** An augmented image of each class. */
  readonly examples: readonly Omit<ExampleImage, 'index'>[];
  /** Augmented images per class. */
  readonly draws: number;
}

const OPTIONS: OptionKinds<AugmentationSheetOptions> = {
  augmentation: kinds.object,
  seed: kinds.index,
  file: kinds.path,
};

const EXAMPLE = "{ augmentation: { rotate: 10 }, seed: 0, file: 'augmented.png' }";

/**
 * Writes a PNG file with one row per class: its first training image, followed by random augmentations of it.
 *
 * @throws {InklingError} when the augmentation does not suit images of this size, or the file cannot be written
 */
export async function writeAugmentationSheet(
  dataset: Dataset,
  options: AugmentationSheetOptions,
): Promise<AugmentationSheet> {
  checkArguments('writeAugmentationSheet', { dataset });
  checkOptions('writeAugmentationSheet', options, OPTIONS, EXAMPLE);
  const { augmentation, seed, file } = options;
  checkValues('writeAugmentationSheet', { augmentation, seed, file }, OPTIONS);
  const samples = firstOfEachClass(dataset).slice(0, MAX_ROWS);
  const images = samples.map(({ index }) => index);
  const drawn = await previewAugmentation(dataset, { augmentation, images, draws: DRAWS, seed });
  const rows = samples.map(({ name, pixels }, row) => ({ title: name, images: [pixels, ...drawn[row]] }));
  await writeImageRows(rows, dataset.shape, file);
  return { examples: samples.map(({ name }, row) => ({ name, pixels: drawn[row][0] })), draws: DRAWS };
}
