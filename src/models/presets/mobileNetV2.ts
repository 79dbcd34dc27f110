import type { Layer } from '../../layers/index.js';
import {
  type BlockShape,
  blocksOf,
  type BlockStage,
  classifier,
  convolutionBlock,
  imageNetNormalization,
  photoPreset,
  relu6Block,
} from './imageNet.js';

const STAGES: readonly BlockStage[] = [
  [1, 3, 1, 16, 1],
  [6, 3, 2, 24, 2],
  [6, 3, 2, 32, 3],
  [6, 3, 2, 64, 4],
  [6, 3, 1, 96, 3],
  [6, 3, 2, 160, 3],
  [6, 3, 1, 320, 1],
];
/** In `features`, after the stem and the blocks. */
const HEAD_INDEX = 1 + STAGES.reduce((blocks, [, , , , repeats]) => blocks + repeats, 0);
const STEM_CHANNELS = 32;
const HEAD_CHANNELS = 1280;

/** Source: Sandler et al., "MobileNetV2", CVPR 2018; the names are those of torchvision's weights. */
export const mobileNetV2 = photoPreset(
  'mobilenet-v2',
  'MobileNetV2: inverted residuals with depthwise convolutions, for photos',
  (classes) => [
    imageNetNormalization(),
    ...relu6Convolution('features.0', { outChannels: STEM_CHANNELS, kernel: 3, stride: 2, padding: 1 }),
    ...blocksOf(STAGES, STEM_CHANNELS, (index) => `features.${String(index + 1)}`, blockOf),
    ...relu6Convolution(`features.${String(HEAD_INDEX)}`, { outChannels: HEAD_CHANNELS }),
    ...classifier(classes, 'classifier.0', 'classifier.1'),
  ],
);

/** Expands the channels, convolves each separately, and projects them to fewer. */
function blockOf({ inside, isExpanded, kernel, stride, outChannels }: BlockShape): Layer[] {
  const depthwise = { outChannels: inside, kernel, stride, padding: (kernel - 1) / 2, groups: inside };
  const convolutions = [...(isExpanded ? [{ outChannels: inside }] : []), depthwise];
  const last = convolutions.length;
  return [
    ...convolutions.flatMap((options, index) => relu6Convolution(`conv.${String(index)}`, options)),
    ...convolutionBlock({ names: [`conv.${String(last)}`, `conv.${String(last + 1)}`], outChannels }),
  ];
}

function relu6Convolution(name: string, options: Omit<Parameters<typeof relu6Block>[0], 'names'>): Layer[] {
  return relu6Block({ ...options, names: [`${name}.0`, `${name}.1`] }, `${name}.2`);
}
