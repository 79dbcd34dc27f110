import { batchNorm2d, conv2d, flatten, type Layer, linear, maxPool2d, relu } from '../../layers/index.js';
import type { Preset } from './preset.js';
import { dropoutOf, repeat, sequential } from './shared.js';

/** A convolution block of the report. */
function block(name: string, outChannels: number): Layer[] {
  return sequential(name, [
    conv2d({ outChannels, kernel: 3, padding: 2 }),
    batchNorm2d(),
    relu(),
    maxPool2d({ kernel: 2 }),
  ]);
}

const build: Preset['build'] = ({ classes }, { width, depth, dropout }) => ({
  layers: [
    ...repeat(depth, (index) => block(`layer${String(index + 1)}`, width * 2 ** index)),
    flatten({ name: 'flatten' }),
    ...dropoutOf(dropout, 'dropout'),
    linear({ name: 'fc', outFeatures: classes }),
  ],
  probesWithZeros: true,
});

export const reportCnn = {
  description:
    "the report's CNN: two blocks of convolution, batch normalization, ReLU, and max pooling, then a linear layer",
  defaults: { width: 16, depth: 2, dropout: 0 },
  build,
} satisfies Preset;

export const reportCnnDropout = {
  description: "the report's CNN with dropout of 50 % before the linear layer",
  defaults: { width: 16, depth: 2, dropout: 0.5 },
  build,
} satisfies Preset;
