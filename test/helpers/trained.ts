import { catalog } from '#inkling/data/catalog/catalog.js';
import type { LoadedDataset } from '#inkling/data/dataset.js';
import { loadDataset } from '#inkling/data/load.js';
import { locate } from '#inkling/data/files/locate.js';
import type { SavedModel } from '#inkling/interop/checkpoint.js';
import { decodeSafetensors } from '#inkling/interop/decodeSafetensors.js';
import { fromStateDict } from '#inkling/interop/torch/stateDict.js';
import { preset } from '#inkling/models/presets.js';
import { goldenFile } from './golden.js';
import { loaded } from '../data/loaded.js';

/** The reason for skipping tests that need the real data set. */
export const noMnist = 'no MNIST: INKLING_DATA_DIR is not set, or does not contain it';

/** The real MNIST; undefined if it is not available. */
export async function loadMnist(): Promise<LoadedDataset | undefined> {
  const folder = process.env.INKLING_DATA_DIR;
  const mnist = catalog.find(({ name }) => name === 'mnist');
  if (!folder || mnist === undefined || locate(mnist, [folder]).folder === undefined) return undefined;
  return loaded(await loadDataset({ name: 'mnist', dataDir: folder, environment: {} }));
}

/** The report's network trained by PyTorch, and PyTorch's logits for the first test images. */
export interface TrainedByTorch {
  readonly saved: SavedModel;
  /** `[256, 10]` */
  readonly logits: Float32Array;
}

/** Undefined if PyTorch's records are not available. */
export function trainedByTorch(seed: number): TrainedByTorch | undefined {
  const name = `report-seed-${seed}.final.safetensors`;
  const file = goldenFile(name);
  if (file === undefined) return undefined;
  const { tensors } = decodeSafetensors(file, name);
  const logits = tensors.get('test_logits_0_255');
  tensors.delete('test_logits_0_255');
  if (logits?.dtype !== 'F32') throw new Error(`${name} has no logits`);
  const model = preset('report-cnn', { input: [28, 28, 1], classes: 10 });
  const classes = '0123456789'.split('');
  return {
    saved: { model, ...fromStateDict(model, tensors, name), classes, dataset: 'mnist' },
    logits: logits.values,
  };
}
