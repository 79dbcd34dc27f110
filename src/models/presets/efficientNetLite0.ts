import { type Layer, normalize } from '../../layers/index.js';
import {
  type BlockShape,
  blocksOf,
  type BlockStage,
  classifier,
  convolutionBlock,
  photoPreset,
  relu6Block,
} from './imageNet.js';

const STAGES: readonly BlockStage[] = [
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
export const efficientNetLite0 = photoPreset(
  'efficientnet-lite0',
  'EfficientNet-Lite0: mobile inverted bottlenecks without squeeze-and-excitation, for photos',
  (classes) => [
    normalize({ name: 'normalize', mean: perChannel(127 / 255), deviation: perChannel(128 / 255) }),
    ...relu6Block({
      names: ['_conv_stem', '_bn0'],
      outChannels: STEM_CHANNELS,
      kernel: 3,
      stride: 2,
      padding: 'same',
      epsilon,
    }),
    ...blocksOf(STAGES, STEM_CHANNELS, (index) => `_blocks.${String(index)}`, blockOf),
    ...relu6Block({ names: ['_conv_head', '_bn1'], outChannels: HEAD_CHANNELS, epsilon }),
    ...classifier(classes, '_dropout', '_fc'),
  ],
);

function perChannel(value: number): number[] {
  return [value, value, value];
}

/** Expands the channels, convolves each separately, and projects them to fewer. */
function blockOf({ inside, isExpanded, kernel, stride, outChannels }: BlockShape): Layer[] {
  return [
    ...(isExpanded ? relu6Block({ names: ['_expand_conv', '_bn0'], outChannels: inside, epsilon }) : []),
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
