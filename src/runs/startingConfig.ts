import { option } from '../core/optionName.js';
import { checkOptions, checkValues, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { backboneInput, backboneModel } from '../backbones/loadBackbone.js';
import { InklingError, UsageError } from '../core/errors.js';
import { formatShape, type Shape } from '../core/shape.js';
import type { ModelDefinition } from '../interop/checkpoint.js';
import { kindOf } from '../platform/files.js';
import { resolveModel } from '../models/resolve.js';
import { readStartingModel } from '../predict/load.js';
import { type Config, checkConfig, type PartialConfig } from '../train/config.js';
import { trainableOf } from '../train/features/trainable.js';
import { HEAD_SETTINGS, publishedNetworkOf } from '../train/fineTune.js';
import { assertKnownModel } from '../train/openModel.js';
import { recipe, recipeFor } from '../train/recipes.js';
import { checkFolds } from './dataset/runTask.js';
import { readConfig } from './readRun.js';
import { resolveRunFolder } from './resolveModel.js';
import type { RequiredInput } from './start/requiredInput.js';
import { checkStateDictStart, containsOnlyWeights } from './start/stateDictStart.js';

/** Where the settings of a new run come from. */
export interface ConfigSources {
  /** Override the settings of the recipe or file. */
  readonly settings: PartialConfig;
  /** The name of a recipe. */
  readonly recipe?: string | undefined;
  /** The `config.json` of another run. */
  readonly file?: string | undefined;
}

/** The configuration of a new run; a recipe may depend on the data set's images. */
export interface StartingConfig {
  /** Valid, and sufficient to load the data set. */
  readonly preliminary: Config;
  /** The complete configuration for images of a shape, `[height, width, channels]`. */
  readonly complete: (shape: Shape) => Config;
}

const SOURCES: OptionKinds<ConfigSources> = {
  settings: kinds.object,
  recipe: kinds.text,
  file: kinds.path,
};

/**
 * Combines a recipe or the configuration of another run with settings that override it.
 *
 * @throws {UsageError} for an unknown recipe, a model together with a run to start from, weights without a model, or a fold that is not one
 *   of the folds
 * @throws {InklingError} when settings are invalid, or inconsistent with each other
 */
export function startingConfig(sources: ConfigSources): StartingConfig {
  checkOptions('startingConfig', sources, SOURCES, '{ settings: { epochs: 5 } }');
  const { settings, recipe: name, file } = sources;
  checkValues('startingConfig', { settings }, { settings: SOURCES.settings });
  const base = file === undefined ? {} : readConfig(file);
  const stated = { ...base, ...settings };
  checkFolds(stated);
  const source = modelSource(stated);
  if (source !== undefined && settings.model !== undefined) {
    throw new UsageError(
      `${option('model')}: cannot be used with ${option(source)}, which determines the model; leave one of them out`,
    );
  }
  if (stated.initFrom !== undefined && source === undefined && stated.model === undefined) {
    throw new UsageError(
      `${option('initFrom')}: ${stated.initFrom} contains only weights; state their model with ${option('model')}`,
    );
  }
  if (stated.backbone !== undefined && name !== undefined) {
    throw new UsageError(
      `${option('recipe')}: cannot be used with ${option('backbone')}, which has settings of its own; leave one of them out`,
    );
  }
  const named = withInitFolder(settings);
  if (name !== undefined) {
    const { gray, color } = recipe(name);
    // Both are checked, so that errors are reported before a data set is downloaded.
    const [preliminary] = [gray, color].map((base) => checkConfig({ ...base, ...named }));
    return { preliminary, complete: (shape) => checkConfig({ ...recipeFor(name, shape), ...named }) };
  }
  const config = checkConfig({ ...(stated.backbone && backboneSettings(settings)), ...base, ...named });
  return { preliminary: config, complete: () => config };
}

/**
 * The setting that determines the model, so that none can be stated. Files of weights only do not.
 *
 * @throws {InklingError} when the file to start from cannot be read
 */
export function modelSource({
  initFrom,
  backbone,
}: Pick<PartialConfig, 'initFrom' | 'backbone'>): 'initFrom' | 'backbone' | undefined {
  if (initFrom !== undefined && !containsOnlyWeights(initFrom)) return 'initFrom';
  return backbone === undefined ? undefined : 'backbone';
}

/** How long the last stages of a backbone are trained by default. */
const FINE_TUNING_EPOCHS = 5;

/** The defaults for a backbone. */
function backboneSettings({ fineTune }: PartialConfig): PartialConfig {
  return { ...HEAD_SETTINGS, ...(fineTune !== undefined && { epochs: FINE_TUNING_EPOCHS }) };
}

/** The model to start from can be specified by the name of its run. */
function withInitFolder(settings: PartialConfig): PartialConfig {
  const { initFrom, runDir = checkConfig({}).runDir } = settings;
  if (initFrom === undefined || kindOf(initFrom) === 'file') return settings;
  return { ...settings, initFrom: resolveRunFolder(initFrom, runDir) };
}

/**
 * Checks the model of a configuration before its data set is loaded.
 *
 * @returns the input that the data set must have, if the model determines it
 * @throws {UsageError} for an unknown model, or images that a network with published weights cannot take
 * @throws {InklingError} when the model or checkpoint file cannot be read, or for an unknown layer to freeze
 */
export function checkModel(config: Config): RequiredInput | undefined {
  const { model, initFrom, imageSize } = config;
  const network = publishedNetworkOf(config);
  if (network !== undefined) {
    const input = backboneInput(network, imageSize);
    trainableOf(resolveModel(backboneModel(network, input)), config);
    return { input, inputKind: 'photo' };
  }
  if (initFrom === undefined) {
    assertKnownModel(model);
    return undefined;
  }
  if (containsOnlyWeights(initFrom)) return checkStateDictStart(initFrom, config);
  const start = readStartingModel(initFrom, imageSize);
  const [height, width] = start.model.input;
  if (imageSize !== undefined && (imageSize !== height || imageSize !== width)) {
    throw new InklingError(
      `${option('imageSize')}: expected ${formatShape([height, width])}, the size of the images of ${initFrom}, got ${imageSize}; leave it out`,
    );
  }
  trainableOf(resolveModel(start.model), config);
  return inputOf(start);
}

/** The input that a data set must have to train a model further. Only photos must be prepared as such, which pixels do not show. */
export function inputOf({ model, inputKind }: ModelDefinition): RequiredInput {
  return { input: model.input, ...(inputKind === 'photo' && { inputKind }) };
}
