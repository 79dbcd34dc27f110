import type { Dataset } from '../data/dataset.js';
import { writeFileAtomic } from '../platform/files.js';
import { type Augmentation, formatAugmentation } from '../plan/augmentation.js';
import { drawImageRows } from '../report/draw/imageRows.js';
import { standaloneSvg } from '../report/draw/standalone.js';
import { light } from '../report/palette.js';
import { loadRasterizer } from '../report/rasterizer.js';
import { previewAugmentation } from '../train/preview.js';
import type { Output } from './terminal/output.js';
import { firstOfEachClass, printImages } from './sampleImages.js';

const DRAWS = 9;
/** More make a sheet that nobody looks through. */
const MAX_CLASSES = 26;

/** What `--augment` and its companions ask for. */
export interface SheetRequest {
  readonly augmentation: Augmentation;
  readonly seed: number;
  /** Where the PNG file goes. */
  readonly file: string;
}

/** A sheet that was drawn. */
export interface Sheet {
  readonly file: string;
  readonly augmentation: Augmentation;
  readonly classes: number;
  readonly draws: number;
}

/**
 * Draws the first training image of each class as it is and as training would see it, as a PNG file, and prints one draw of each.
 *
 * @throws {InklingError} when the augmentation loses images of this size, or the file cannot be written
 */
export async function drawAugmentedSheet(
  dataset: Dataset,
  { augmentation, seed, file }: SheetRequest,
  output: Output,
): Promise<Sheet> {
  const samples = firstOfEachClass(dataset).slice(0, MAX_CLASSES);
  const images = samples.map(({ index }) => index);
  const drawn = await previewAugmentation(dataset, { augmentation, images, draws: DRAWS, seed });
  const rows = samples.map(({ name, pixels }, row) => ({ title: name, images: [pixels, ...drawn[row]] }));
  const svg = standaloneSvg(drawImageRows(rows, dataset.shape));
  writeFileAtomic(file, (await loadRasterizer())(svg, light.background));

  const first = samples.map(({ name }, row) => ({ name, pixels: drawn[row][0] }));
  output.line();
  printImages(`As training may see them: ${formatAugmentation(augmentation)}`, first, dataset.shape, output);
  output.line();
  output.line(`each as it is and in ${DRAWS} draws: ${file}`);
  return { file, augmentation, classes: samples.length, draws: DRAWS };
}
