import {
  conv2d,
  dropout,
  flatten,
  globalAvgPool2d,
  hardSigmoid,
  hardSwish,
  type Layer,
  linear,
  relu,
  squeezeExcitation,
} from '../../layers/index.js';
import { convolutionBlock, imageNetNormalization, named, photoPreset } from './imageNet.js';

/** The kernel, channels inside and output channels of a block, whether it has squeeze-and-excitation, its activation and its stride. */
type Block = readonly [
  kernel: number,
  inside: number,
  outChannels: number,
  squeezes: boolean,
  activation: typeof relu | typeof hardSwish,
  stride: number,
];

const BLOCKS: readonly Block[] = [
  [3, 16, 16, true, relu, 2],
  [3, 72, 24, false, relu, 2],
  [3, 88, 24, false, relu, 1],
  [5, 96, 40, true, hardSwish, 2],
  [5, 240, 40, true, hardSwish, 1],
  [5, 240, 40, true, hardSwish, 1],
  [5, 120, 48, true, hardSwish, 1],
  [5, 144, 48, true, hardSwish, 1],
  [5, 288, 96, true, hardSwish, 2],
  [5, 576, 96, true, hardSwish, 1],
  [5, 576, 96, true, hardSwish, 1],
];
const STEM_CHANNELS = 16;
const HEAD_CHANNELS = 576;
const HIDDEN_FEATURES = 1024;
/** Of batch normalization: added to the variances. */
const epsilon = 1e-3;

/** Source: Howard et al., "Searching for MobileNetV3", ICCV 2019; the names are those of torchvision's weights. */
export const mobileNetV3Small = photoPreset(
  'mobilenet-v3-small',
  'MobileNetV3-Small: inverted residuals with squeeze-and-excitation and hard swish, for photos',
  (classes) => [
    imageNetNormalization(),
    ...activated('features.0', { outChannels: STEM_CHANNELS, kernel: 3, stride: 2, padding: 1 }, hardSwish),
    ...BLOCKS.flatMap((block, index) => {
      const inputs = index === 0 ? STEM_CHANNELS : BLOCKS[index - 1][2];
      return blockOf(`features.${String(index + 1)}`, inputs, block);
    }),
    ...activated(`features.${String(BLOCKS.length + 1)}`, { outChannels: HEAD_CHANNELS }, hardSwish),
    globalAvgPool2d({ name: 'avgpool' }),
    flatten({ name: 'flatten' }),
    linear({ name: 'classifier.0', outFeatures: HIDDEN_FEATURES }),
    hardSwish({ name: 'classifier.1' }),
    dropout({ name: 'classifier.2', probability: 0.2 }),
    linear({ name: 'classifier.3', outFeatures: classes }),
  ],
);

/** Expands the channels, convolves and scales each separately, and projects them to fewer. */
function blockOf(
  name: string,
  inputs: number,
  [kernel, inside, outChannels, squeezes, activation, stride]: Block,
): Layer[] {
  const depthwise = { outChannels: inside, kernel, stride, padding: (kernel - 1) / 2, groups: inside };
  const convolutions = [...(inside === inputs ? [] : [{ outChannels: inside }]), depthwise];
  const squeeze = `block.${String(convolutions.length)}`;
  const project = `block.${String(convolutions.length + (squeezes ? 1 : 0))}`;
  const layers = [
    ...convolutions.flatMap((options, index) => activated(`block.${String(index)}`, options, activation)),
    ...(squeezes ? [squeezeBlock(squeeze, inside)] : []),
    ...convolutionBlock({ names: [`${project}.0`, `${project}.1`], outChannels, epsilon }),
  ];
  return named(name, layers, stride === 1 && inputs === outChannels);
}

function activated(
  name: string,
  options: Omit<Parameters<typeof convolutionBlock>[0], 'names'>,
  activation: typeof relu | typeof hardSwish,
): Layer[] {
  return [
    ...convolutionBlock({ names: [`${name}.0`, `${name}.1`], ...options, epsilon }),
    activation({ name: `${name}.2` }),
  ];
}

/** Squeeze-and-excitation with a quarter of the channels, rounded to a multiple of 8. */
function squeezeBlock(name: string, channels: number): Layer {
  return squeezeExcitation({
    name,
    layers: [
      globalAvgPool2d({ name: 'avgpool' }),
      conv2d({ name: 'fc1', kernel: 1, outChannels: nearestMultipleOf8(channels / 4) }),
      relu({ name: 'activation' }),
      conv2d({ name: 'fc2', kernel: 1, outChannels: channels }),
      hardSigmoid({ name: 'scale_activation' }),
    ],
  });
}

/** Rounded half up, but not to less than 90 % of the number. */
function nearestMultipleOf8(number: number): number {
  const nearest = Math.max(8, Math.floor((number + 4) / 8) * 8);
  return nearest < 0.9 * number ? nearest + 8 : nearest;
}
