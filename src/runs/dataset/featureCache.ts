import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { InklingError } from '../../core/errors.js';
import { VERSION } from '../../core/version.js';
import { markAsUsed, removeOldEntries } from '../../data/cacheEntries.js';
import { userCacheFolder } from '../../data/files/locate.js';
import type { SavedTensor } from '../../interop/dtypes.js';
import { kernelsForHost } from '../../engine/kernels.js';
import { encodeSafetensors } from '../../interop/safetensors.js';
import { decodeSafetensors } from '../../interop/decodeSafetensors.js';
import { withInner } from '../../models/resolved.js';
import { kindOf, readBytes, writeFileAtomic } from '../../platform/files.js';
import { makeFolder } from '../../platform/folders.js';
import { tryWriting } from '../../platform/optionalWrites.js';
import type { FeatureCache, FeatureSource } from '../../train/features/computeFeatures.js';
import { viewsOf } from '../../train/features/imageViews.js';
import { hashOf } from './fingerprint.js';

const FILE = 'features.safetensors';
const TENSOR = 'features';
/** More than the features that training keeps. */
const MAX_BYTES = 2 ** 30;

/** Keeps the features of the data sets used most recently in the folder for caches; if that is not possible, they are recomputed. */
export function featureCache(folder = join(userCacheFolder(), 'features')): FeatureCache {
  return {
    async read(source, length) {
      const entry = join(folder, await keyOf(source));
      const file = join(entry, FILE);
      if (kindOf(file) !== 'file') return undefined;
      const tensor = tryDecoding(file);
      if (tensor?.dtype !== 'F32' || tensor.values.length !== length) return undefined;
      markAsUsed(entry);
      return tensor.values;
    },
    async write(source, values) {
      const entry = join(folder, await keyOf(source));
      const shape = [values.length];
      tryWriting(entry, () => {
        makeFolder(entry);
        const tensors = new Map([[TENSOR, { dtype: 'F32', shape, values } as const]]);
        writeFileAtomic(join(entry, FILE), encodeSafetensors(tensors, {}));
      });
      removeOldEntries(folder);
    },
  };
}

function tryDecoding(file: string): SavedTensor | undefined {
  try {
    return decodeSafetensors(readBytes(file, MAX_BYTES), file).tensors.get(TENSOR);
  } catch (error) {
    if (error instanceof InklingError) return undefined;
    throw error;
  }
}

/** Changes whenever an image, its views, a layer, a weight, the version or the kernels change. */
async function keyOf({ task, weights, fixedLayers }: FeatureSource): Promise<string> {
  const { model, dataset, config, split } = task;
  // The CPU computes them, also where a GPU trains.
  const { simd } = await kernelsForHost();
  const layers = model.layers.slice(0, fixedLayers);
  const hash = createHash('sha256').update(
    JSON.stringify([
      VERSION,
      simd,
      hashOf(dataset, 'train'),
      layers.map(({ layer }) => layer),
      config.augment && [config.augment, viewsOf(config), config.seed, [...split.validation], config.exclude],
    ]),
  );
  for (const { name, parameters } of withInner(layers)) {
    for (const spec of parameters) hash.update(weights.get(`${name}.${spec.name}`) ?? '');
  }
  return hash.digest('hex').slice(0, 32);
}
