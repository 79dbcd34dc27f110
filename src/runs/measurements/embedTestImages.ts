import { checkArguments } from '../../core/arguments/checkArguments.js';
import { checkOptions, type OptionKinds } from '../../core/arguments/checkOptions.js';
import * as kinds from '../../core/arguments/kinds.js';
import { concatenate } from '../../core/arrays.js';
import { InklingError } from '../../core/errors.js';
import { sizeOf } from '../../core/shape.js';
import type { Dataset } from '../../data/dataset.js';
import { pickImages, pixelsOf } from '../../data/imageSet.js';
import { matchClasses } from '../../data/matchClasses.js';
import { teamOf } from '../../engine/teamOf.js';
import type { SavedModel } from '../../interop/checkpoint.js';
import { resolveModel } from '../../models/resolve.js';
import { hardwareThreads } from '../../platform/host.js';
import { CompiledModel } from '../../predict/compiledModel.js';
import { featuresOf } from '../../predict/features.js';
import { featureLayer } from '../../predict/fitting/featureLayer.js';
import { principalComponents } from '../../predict/principalComponents.js';
import { assertFits } from '../../train/assertFits.js';
import { scoreTrained } from '../../train/evaluate.js';
import type { Embedding } from './embedding.js';
import { embedByUmap } from './umap.js';

/** How images are embedded. */
export interface EmbeddingOptions {
  /** Number of worker threads; by default one per core. */
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: OptionKinds<EmbeddingOptions> = { threads: kinds.count, signal: kinds.signal };

/** More points hide each other. */
const MAX_IMAGES = 2000;
const MAX_MISTAKES = 1000;
/** So many images are run at a time. */
const PART = 500;

/**
 * Embeds test images in a plane: the outputs of the layer before the last linear one, averaged over parts of the image and scaled to length 1,
 * projected on their first two principal components, and by UMAP where the optional package umap-js is installed. Of many images, some at equal distances are embedded, and all that are classified incorrectly.
 *
 * @throws {UsageError} for anything but a trained model and a data set
 * @throws {InklingError} when the model does not fit the data set, has no layer before the last one, or there are no test images
 * @throws the signal's reason when it is aborted
 */
export async function embedTestImages(
  saved: SavedModel,
  dataset: Dataset,
  options: EmbeddingOptions = {},
): Promise<Embedding> {
  checkArguments('embedTestImages', { saved, dataset });
  checkOptions('embedTestImages', options, OPTIONS);
  const resolved = resolveModel(saved.model);
  const matched = matchClasses(dataset, saved.classes);
  assertFits(resolved, matched);
  const layer = featureLayer(resolved);
  if (layer === undefined) {
    throw new InklingError(
      `${saved.model.name}: expected a layer before the last linear one, whose outputs are embedded, got none; embed another model`,
    );
  }
  const images = await chooseImages(saved, matched, options);
  const { size, values } = await featuresOfImages({ saved, layer }, matched, images, options);
  const { x, y, explained } = principalComponents(values, size);
  const umap = await embedByUmap(values, size, options.signal);
  return {
    layer,
    images: [...images],
    x: rounded(x),
    y: rounded(y),
    explained,
    ...(umap && { umap: { ...umap, x: rounded(umap.x), y: rounded(umap.y) } }),
  };
}

async function chooseImages(
  saved: SavedModel,
  { name, test }: Dataset,
  { threads, signal }: EmbeddingOptions,
): Promise<Uint32Array> {
  const count = test.labels.length;
  if (count === 0) throw new InklingError(`${name}: expected test images to embed, got none; add some`);
  const step = Math.max(1, count / MAX_IMAGES);
  const chosen = new Set<number>();
  for (let image = 0; image < count; image += step) chosen.add(Math.floor(image));
  const { predictions } = await scoreTrained(saved, test, { threads, signal });
  let mistakes = 0;
  predictions.forEach((predicted, image) => {
    if (predicted !== test.labels[image] && mistakes++ < MAX_MISTAKES) chosen.add(image);
  });
  return Uint32Array.from(chosen).sort();
}

async function featuresOfImages(
  { saved, layer }: { readonly saved: SavedModel; readonly layer: string },
  { test, shape }: Dataset,
  images: Uint32Array,
  { threads = hardwareThreads(), signal }: EmbeddingOptions,
): Promise<{ readonly size: number; readonly values: Float32Array }> {
  const parts: Float32Array[] = [];
  let size = 0;
  const model = await CompiledModel.create(saved, { engine: teamOf(threads), activations: [layer] });
  try {
    for (let first = 0; first < images.length; first += PART) {
      const picked = pickImages(test, images.subarray(first, first + PART), sizeOf(shape));
      const pixels = pixelsOf(picked.images, sizeOf(shape), 0, picked.labels.length);
      const { activations } = await model.run(pixels, { signal });
      for (const outputs of activations.values()) {
        const features = featuresOf(outputs);
        size = features.size;
        parts.push(features.values);
      }
    }
  } finally {
    await model.close();
  }
  return { size, values: concatenate(parts) };
}

/** As precisely as a figure shows. */
function rounded(values: ArrayLike<number>): number[] {
  return Array.from(values, (value) => Number(value.toFixed(4)));
}
