import { UsageError } from '../core/errors.js';
import { unknownName } from '../core/suggest.js';
import { validate } from '../core/validate.js';
import type { Model } from './model.js';
import { type PresetOptions, presetOptionsSchema } from './presetOptions.js';
import { efficientNetLite0 } from './presets/efficientNetLite0.js';
import { mobileNetV2 } from './presets/mobileNetV2.js';
import { mobileNetV3Small } from './presets/mobileNetV3Small.js';
import type { Preset } from './presets/preset.js';
import { resNet18 } from './presets/resNet18.js';
import { smallPresets } from './presets/small.js';

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

/** The names that {@link preset} accepts. */
export const presetNames: readonly string[] = Object.keys(presets);

export function describePreset(name: string): string {
  return presets[name].description;
}

/** The images and number of classes that a preset was designed for; those of MNIST for any other name, such as that of a file. */
export function designOf(name: string): PresetOptions {
  const design = Object.hasOwn(presets, name) ? presets[name].designedFor : undefined;
  return design ?? { input: [28, 28, 1], classes: 10 };
}

/**
 * The preset of a name.
 *
 * @param name a {@link PresetName}; any other string is an error
 * @throws {UsageError} for an unknown name, unless the options are positive whole numbers, or if the images do not suit the preset
 */
export function preset(name: PresetName | (string & Record<never, never>), options: PresetOptions): Model {
  if (!Object.hasOwn(presets, name)) throw new UsageError(unknownName('model', String(name), presetNames));
  const { input, classes } = validate(presetOptionsSchema, options, `preset "${name}"`, UsageError);
  const [height, width, channels] = input;
  return { name, input: [height, width, channels], ...presets[name].build({ input, classes }) };
}
