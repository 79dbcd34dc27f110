import { type Layer, normalize } from '../../layers/index.js';
import { checkPhotos, classifier, convolutionBlock, imageNet, named, relu6Block } from './imageNet.js';
import type { Preset } from './preset.js';

/** How many times as many channels a block has inside, its kernel, stride and output channels, and how often it is repeated. */
const STAGES: readonly (readonly [
  expansion: number,
  kernel: number,
  stride: number,
  outChannels: number,
  repeats: number,
])[] = [
  [1, 3, 1, 16, 1],
  [6, 3, 2, 24, 2],
  [6, 5, 2, 40, 2],
  [6, 3, 2, 80, 3],
  [6, 5, 1, 112, 3],
  [6, 5, 2, 192, 4],
  [6, 3, 1, 320, 1],
];
const STEM_CHANNELS = 32;
const HEAD_CHANNELS = 1280;
/** TensorFlow's: added to the variances. */
const epsilon = 1e-3;

/**
 * Source: Tan and Le, "EfficientNet", ICML 2019, without squeeze-and-excitation, with ReLU6, and with pixels `p` from 0 to 255 as
 * `(p - 127) / 128`; the names are those of the weights for PyTorch.
 */
export const efficientNetLite0: Preset = {
  description: 'EfficientNet-Lite0: mobile inverted bottlenecks without squeeze-and-excitation, for photos',
  designedFor: imageNet,
  build(options) {
    checkPhotos('efficientnet-lite0', options);
    const perChannel = (value: number) => [value, value, value];
    return {
      layers: [
        normalize({ name: 'normalize', mean: perChannel(127 / 255), deviation: perChannel(128 / 255) }),
        ...relu6Block({
          names: ['_conv_stem', '_bn0'],
          outChannels: STEM_CHANNELS,
          kernel: 3,
          stride: 2,
          padding: 'same',
          epsilon,
        }),
        ...blocks(),
        ...relu6Block({ names: ['_conv_head', '_bn1'], outChannels: HEAD_CHANNELS, epsilon }),
        ...classifier(options.classes, '_dropout', '_fc'),
      ],
    };
  },
};

function blocks(): Layer[] {
  const layers: Layer[] = [];
  let inputs = STEM_CHANNELS;
  let index = 0;
  for (const [expansion, kernel, stride, outChannels, repeats] of STAGES) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const name = `_blocks.${String(index++)}`;
      const isResidual = repeat > 0;
      const block = blockOf(inputs, expansion, kernel, isResidual ? 1 : stride, outChannels);
      layers.push(...named(name, block, isResidual));
      inputs = outChannels;
    }
  }
  return layers;
}

/** Expands the channels, convolves each separately, and projects them to fewer. */
function blockOf(
  inputs: number,
  expansion: number,
  kernel: number,
  stride: number,
  outChannels: number,
): Layer[] {
  const inside = inputs * expansion;
  return [
    ...(expansion === 1 ? [] : relu6Block({ names: ['_expand_conv', '_bn0'], outChannels: inside, epsilon })),
    ...relu6Block({
      names: ['_depthwise_conv', '_bn1'],
      outChannels: inside,
      kernel,
      stride,
      padding: 'same',
      groups: inside,
      epsilon,
    }),
    ...convolutionBlock({ names: ['_project_conv', '_bn2'], outChannels, epsilon }),
  ];
}
