import { backboneInput, loadBackbone } from '../../backbones/loadBackbone.js';
import { InklingError } from '../../core/errors.js';
import { formatShape } from '../../core/shape.js';
import type { Dataset } from '../../data/dataset.js';
import { datasetInputKind } from '../../data/inputKind.js';
import { resolveModel } from '../../models/resolve.js';
import { readStartingModel } from '../../predict/load.js';
import type { Config } from '../../train/config.js';
import { trainableOf } from '../../train/features/trainable.js';
import { type Backbone, backboneFor, publishedNetworkOf } from '../../train/fineTune.js';
import type { RunHooks } from '../conductRun.js';

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
  const [height, width] = shape;
  return {
    ...backboneFor(saved, dataset, name),
    // The size does not follow from the images.
    settings: { model: name, ...(height === width && { imageSize: height }) },
  };
}

/** The model of a run or a file. */
function savedStart({ initFrom, imageSize }: Config, dataset: Dataset): StartingModel | undefined {
  if (initFrom === undefined) return undefined;
  const start = backboneFor(readStartingModel(initFrom, imageSize), dataset, initFrom);
  return { ...start, settings: { model: start.model.name } };
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
