import { UsageError } from '../core/errors.js';
import type { Shape } from '../core/shape.js';
import { didYouMean } from '../core/suggest.js';
import { batchNorm2d, conv2d, flatten, type Layer, linear, maxPool2d, relu } from '../layers/index.js';
import type { Model } from './model.js';

/** What the data decides about a preset. */
export interface PresetOptions {
  /** One image: `[height, width, channels]`. */
  readonly input: Shape;
  readonly classes: number;
}

interface Preset {
  readonly description: string;
  readonly build: (options: PresetOptions) => Omit<Model, 'name' | 'input'>;
}

/** A convolution block of the report: its four layers, named as PyTorch names them in an `nn.Sequential`. */
function block(name: string, outChannels: number): Layer[] {
  return [
    conv2d({ name: `${name}.0`, outChannels, kernel: 3, padding: 2 }),
    batchNorm2d({ name: `${name}.1` }),
    relu({ name: `${name}.2` }),
    maxPool2d({ name: `${name}.3`, kernel: 2 }),
  ];
}

const PRESETS: Readonly<Record<string, Preset>> = {
  'report-cnn': {
    description:
      "the report's network: two blocks of convolution, batch normalisation, ReLU and pooling, then linear",
    build: ({ classes }) => ({
      layers: [
        ...block('layer1', 16),
        ...block('layer2', 32),
        flatten({ name: 'flatten' }),
        linear({ name: 'fc', outFeatures: classes }),
      ],
      probesWithZeros: true,
    }),
  },
  mlp: {
    description: 'the comparison: one hidden layer of 64 units, about twice the parameters of the CNN',
    build: ({ classes }) => ({
      layers: [
        flatten({ name: 'flatten' }),
        linear({ name: 'hidden', outFeatures: 64 }),
        relu({ name: 'relu' }),
        linear({ name: 'fc', outFeatures: classes }),
      ],
    }),
  },
};

export const presetNames: readonly string[] = Object.keys(PRESETS);

export function describePreset(name: string): string {
  return PRESETS[name].description;
}

/**
 * A model by its name.
 *
 * @throws {UsageError} for an unknown name
 */
export function preset(name: string, { input, classes }: PresetOptions): Model {
  if (!Object.hasOwn(PRESETS, name)) {
    throw new UsageError(
      `model "${name}" is unknown.${didYouMean(name, presetNames)} Known models: ${presetNames.join(', ')}`,
    );
  }
  const [height, width, channels] = input;
  return { name, input: [height, width, channels], ...PRESETS[name].build({ input, classes }) };
}
