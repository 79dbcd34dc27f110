import * as z from 'zod/mini';
import { UsageError } from '../core/errors.js';
import { unknownName } from '../core/suggest.js';
import { validate } from '../core/validate.js';
import type { Model } from './model.js';
import {
  type Architecture,
  architectureOptions,
  type ArchitectureOptions,
  architectureSchema,
  type PresetOptions,
  presetOptionsSchema,
} from './presetOptions.js';
import { efficientNetLite0 } from './presets/efficientNetLite0.js';
import { mobileNetV2 } from './presets/mobileNetV2.js';
import { mobileNetV3Small } from './presets/mobileNetV3Small.js';
import type { Preset } from './presets/preset.js';
import { resNet18 } from './presets/resNet18.js';
import { smallPresets } from './presets/small.js';
import { formatPreset, parsePresetText, presetNameOf } from './presetText.js';

const PRESETS = {
  ...smallPresets,
  'resnet-18': resNet18,
  'mobilenet-v2': mobileNetV2,
  'mobilenet-v3-small': mobileNetV3Small,
  'efficientnet-lite0': efficientNetLite0,
} satisfies Readonly<Record<string, Preset>>;

/** The name of a preset. */
export type PresetName = keyof typeof PRESETS;

const presets: Readonly<Record<string, Preset>> = PRESETS;

const OPTIONS = z.strictObject({ ...presetOptionsSchema.shape, ...architectureSchema.shape });

/** The names that {@link preset} accepts. */
export const presetNames: readonly string[] = Object.keys(presets);

export function describePreset(name: string): string {
  return presets[name].description;
}

/** The options of a preset, with their defaults. */
export function optionsOf(name: string): ArchitectureOptions {
  return presets[name].defaults ?? {};
}

/** The images and number of classes that a preset was designed for; those of MNIST for any other name, such as that of a file. */
export function designOf(text: string): PresetOptions {
  const name = presetNameOf(text);
  const design = Object.hasOwn(presets, name) ? presets[name].designedFor : undefined;
  return design ?? { input: [28, 28, 1], classes: 10 };
}

/**
 * A preset for the images and classes of a data set.
 *
 * @param name a {@link PresetName}, with or without options, such as `mlp:width=32,depth=2`; any other string is an error
 * @param options override those of `name`
 * @throws {UsageError} for an unknown name, an option that the preset does not have or whose value is out of range, unless `input` and
 *   `classes` are positive whole numbers, or if the images do not suit the preset
 */
export function preset(
  name: PresetName | (string & Record<never, never>),
  options: PresetOptions & ArchitectureOptions,
): Model {
  const parsed = parsePresetText(String(name));
  if (!Object.hasOwn(presets, parsed.name)) {
    throw new UsageError(unknownName('model', parsed.name, presetNames));
  }
  const who = `preset "${parsed.name}"`;
  const { input, classes, ...given } = validate(OPTIONS, options, who, UsageError);
  const written = validate(architectureSchema, parsed.stated, who, UsageError);
  const { defaults = {}, build } = presets[parsed.name];
  const stated = architectureOptions.filter((option) => (given[option] ?? written[option]) !== undefined);
  const missing = stated.find((option) => defaults[option] === undefined);
  if (missing !== undefined) {
    throw new UsageError(`${who}: ${missing}: this preset has no such option; leave it out`);
  }
  const valueOf = (option: keyof Architecture) => given[option] ?? written[option] ?? defaults[option] ?? 0;
  const architecture = { width: valueOf('width'), depth: valueOf('depth'), dropout: valueOf('dropout') };
  const [height, width, channels] = input;
  return {
    name: formatPreset(parsed.name, architecture, defaults),
    input: [height, width, channels],
    ...build({ input, classes }, architecture),
  };
}
