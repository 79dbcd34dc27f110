import { backboneNames } from '../../backbones/backboneNames.js';
import { backboneInput, loadBackbone } from '../../backbones/loadBackbone.js';
import { InklingError } from '../../core/errors.js';
import { formatShape, type Shape } from '../../core/shape.js';
import type { Dataset } from '../../data/dataset.js';
import { datasetInputKind } from '../../data/inputKind.js';
import { resolveModel } from '../../models/resolve.js';
import { readStartingModel } from '../../predict/load.js';
import type { Config } from '../../train/config.js';
import { trainableOf } from '../../train/features/trainable.js';
import { type Backbone, backboneFor, publishedNetworkOf } from '../../train/fineTune.js';
import type { RunHooks } from '../conductRun.js';
import { containsOnlyWeights, readStateDict } from './stateDictStart.js';

/** The model that a run starts from, with weights. */
export interface StartingModel extends Backbone {
  /** The settings that the run records, which follow from it. */
  readonly settings: Pick<Config, 'model' | 'imageSize'>;
}

/**
 * The model that a run starts from; undefined if its weights are random.
 *
 * @param config with absolute paths
 * @throws {InklingError} when it is not found, or does not fit the data set or the settings
 */
export async function startingModel(
  config: Config,
  dataset: Dataset,
  hooks: Pick<RunHooks, 'signal' | 'onDownload'>,
): Promise<StartingModel | undefined> {
  const network = publishedNetworkOf(config);
  const start =
    network === undefined
      ? savedStart(config, dataset)
      : await publishedStart(network, config, dataset, hooks);
  if (start !== undefined) trainableOf(resolveModel(start.model), config);
  return start;
}

/** A network with its published weights. */
async function publishedStart(
  name: string,
  { dataDir, imageSize }: Config,
  dataset: Dataset,
  { signal, onDownload }: Pick<RunHooks, 'signal' | 'onDownload'>,
): Promise<StartingModel> {
  checkPhotos(name, dataset, imageSize);
  const { shape } = dataset;
  const saved = await loadBackbone({ name, input: shape, dataDir, signal, onProgress: onDownload });
  return {
    ...backboneFor(saved, dataset, name),
    settings: { model: name, ...sizeOfPhotos(shape) },
  };
}

/** The model of a run or a file, or the stated one with the weights of a file. */
function savedStart({ initFrom, imageSize, model }: Config, dataset: Dataset): StartingModel | undefined {
  if (initFrom === undefined) return undefined;
  if (containsOnlyWeights(initFrom)) return stateDictStart(initFrom, model, dataset);
  const start = backboneFor(readStartingModel(initFrom, imageSize), dataset, initFrom);
  return { ...start, settings: { model: start.model.name } };
}

/** Weights do not name their classes: if there are as many as in the data set, they are taken to be the same. */
function stateDictStart(file: string, model: string, dataset: Dataset): StartingModel {
  const { shape, classes } = dataset;
  const saved = readStateDict(file, model, { input: shape, classes: classes.length });
  const named = saved.classes.length === classes.length ? { ...saved, classes } : saved;
  return {
    ...backboneFor(named, dataset, file),
    settings: { model, ...(backboneNames.includes(model) && sizeOfPhotos(shape)) },
  };
}

/** The size of photos, which does not follow from their files, as a setting; there is none for other shapes than squares. */
function sizeOfPhotos([height, width]: Shape): Pick<Config, 'imageSize'> {
  return height === width ? { imageSize: height } : {};
}

/** @throws {InklingError} unless the images were prepared as a network for photos needs them */
function checkPhotos(network: string, dataset: Dataset, imageSize: number | undefined): void {
  const [expected, received] = [backboneInput(network, imageSize), dataset.shape].map(formatShape);
  const kind = datasetInputKind(dataset);
  if (expected === received && kind === 'photo') return;
  throw new InklingError(
    `${network} expects photos of ${expected}, but the images of ${dataset.name} are prepared as ${kind} of ${received}; ` +
      'load it for a model with this input and input kind photo',
  );
}
