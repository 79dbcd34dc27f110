import { checkOptions, checkValues, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import type { Shape } from '../core/shape.js';
import type { DownloadOptions } from '../data/files/download.js';
import { dataFolders, type Environment, userCacheFolder } from '../data/files/locate.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { decodeWeights } from '../interop/decodeWeights.js';
import type { Model } from '../models/model.js';
import { designOf, preset } from '../models/presets.js';
import { IMAGENET } from './backboneNames.js';
import { backboneNamed } from './catalog.js';
import { loadWeightsFile } from './weightsFile.js';

/** Which backbone to load, and where to look for its weights. */
export interface BackboneRequest extends DownloadOptions {
  /** A name in the catalog. */
  readonly name: string;
  /** The shape of the images it will be used for, `[height, width, 3]`; by default, of those that it was trained on. */
  readonly input?: Shape | undefined;
  /** The first folder to search. */
  readonly dataDir?: string | undefined;
  /** Its `INKLING_DATA_DIR` is the second, and its proxies are used; by default `process.env`. */
  readonly environment?: Environment | undefined;
}

const REQUEST: OptionKinds<BackboneRequest> = {
  name: kinds.text,
  input: kinds.anything,
  dataDir: kinds.path,
  environment: kinds.object,
  signal: kinds.signal,
  onProgress: kinds.callback,
};

/**
 * Loads a network with published weights, and with the names of the classes that it was trained on, from the first folder that has them, or else downloads them.
 *
 * @throws {UsageError} for an unknown name, or images that the network cannot take
 * @throws {BackboneUnavailableError} that names each folder and URL tried
 * @throws {InklingError} when a file in one of the user's folders is wrong
 */
export async function loadBackbone(request: BackboneRequest): Promise<SavedModel> {
  checkOptions('loadBackbone', request, REQUEST, "{ name: 'mobilenet-v3-small' }");
  checkValues('loadBackbone', { name: request.name }, { name: kinds.text });
  const {
    name,
    input = backboneInput(name, undefined),
    dataDir,
    environment = process.env,
    ...options
  } = request;
  const entry = backboneNamed(name);
  const model = backboneModel(name, input);
  const paths = { folders: dataFolders(dataDir, environment), cacheFolder: userCacheFolder() };
  const { bytes, origin } = await loadWeightsFile(entry, paths, { ...options, environment });
  const { imageNetClasses: classes } = await import('./imageNetClasses.js');
  return decodeWeights(bytes, { model, classes, inputKind: 'photo', dataset: IMAGENET, source: origin });
}

/** The images of a backbone: squares of a size or, by default, those that it was trained on. */
export function backboneInput(name: string, imageSize: number | undefined): Shape {
  const [height, width, channels] = designOf(name).input;
  return [imageSize ?? height, imageSize ?? width, channels];
}

/**
 * The network of a backbone, with outputs for the classes of ImageNet.
 *
 * @throws {UsageError} for an unknown name, or images that the network cannot take
 */
export function backboneModel(name: string, input: Shape): Model {
  const { name: presetName } = backboneNamed(name);
  return preset(presetName, { input, classes: designOf(presetName).classes });
}
