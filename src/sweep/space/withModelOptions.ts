import { InklingError } from '../../core/errors.js';
import { architectureOptions } from '../../models/presetOptions.js';
import { optionsOf, presetNames } from '../../models/presets.js';
import { presetNameOf } from '../../models/presetText.js';
import { parseConfig } from '../../train/config.js';
import { isModelFile } from '../../train/openModel.js';
import { isModelOption, modelOptionName } from './modelOptions.js';
import type { Params } from './space.js';

/** Settings that determine the model, whose options can therefore not be stated. */
const SOURCES = ['backbone', 'weights', 'initFrom'];

/**
 * Settings of `train`, whose model has the options: `{ model: 'mlp', 'model.width': 32 }` becomes `{ model: 'mlp:width=32' }`.
 *
 * @throws {InklingError} when there are options, but the model is not a preset
 */
export function withModelOptions(settings: Params): Params {
  const options = architectureOptions.filter((option) => settings[modelOptionName(option)] !== undefined);
  if (options.length === 0) return settings;
  const others = Object.fromEntries(Object.entries(settings).filter(([name]) => !isModelOption(name)));
  const source = SOURCES.find((name) => Object.hasOwn(others, name));
  if (source !== undefined) {
    throw new InklingError(
      `${modelOptionName(options[0])}: cannot be used with ${source}, which determines the model; leave one of them out`,
    );
  }
  const model = others.model ?? parseConfig({}).model;
  if (typeof model !== 'string') return others;
  if (isModelFile(model)) {
    throw new InklingError(
      `${modelOptionName(options[0])}: expected a preset as the model, got the file ${model}; choose a preset, or leave it out`,
    );
  }
  const preset = presetNameOf(model);
  const missing = options.find(
    (option) => presetNames.includes(preset) && !Object.hasOwn(optionsOf(preset), option),
  );
  if (missing !== undefined) {
    throw new InklingError(
      `${modelOptionName(missing)}: the preset ${preset} has no such option; leave it out, or state the models that have it: "when": { "model": […] }`,
    );
  }
  const texts = options.map((option) => `${option}=${JSON.stringify(settings[modelOptionName(option)])}`);
  return { ...others, model: `${model}${model.includes(':') ? ',' : ':'}${texts.join(',')}` };
}
