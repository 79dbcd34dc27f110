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

/**
 * Writes a PNG file with one row per class: its first training image, followed by random augmentations of it.
 *
 * @throws {InklingError} when the augmentation does not suit images of this size, or the file cannot be written
 */
export async function writeAugmentationSheet(
  dataset: Dataset,
  { augmentation, seed, file }: AugmentationSheetOptions,
): Promise<AugmentationSheet> {
  const samples = firstOfEachClass(dataset).slice(0, MAX_ROWS);
  const images = samples.map(({ index }) => index);
  const drawn = await previewAugmentation(dataset, { augmentation, images, draws: DRAWS, seed });
  const rows = samples.map(({ name, pixels }, row) => ({ title: name, images: [pixels, ...drawn[row]] }));
  await writeImageRows(rows, dataset.shape, file);
  return { examples: samples.map(({ name }, row) => ({ name, pixels: drawn[row][0] })), draws: DRAWS };
}
