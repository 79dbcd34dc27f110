import type { Layer } from '../../layers/index.js';
import {
  checkPhotos,
  classifier,
  convolutionBlock,
  imageNet,
  imageNetNormalization,
  named,
  relu6Block,
} from './imageNet.js';
import type { Preset } from './preset.js';

/** How many times as many channels a block has inside, its output channels, how often it is repeated, and the first stride. */
const STAGES: readonly (readonly [
  expansion: number,
  outChannels: number,
  repeats: number,
  stride: number,
])[] = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
];
const STEM_CHANNELS = 32;
const HEAD_CHANNELS = 1280;

/** Source: Sandler et al., "MobileNetV2", CVPR 2018; the names are those of torchvision's weights. */
export const mobileNetV2: Preset = {
  description: 'MobileNetV2: inverted residuals with depthwise convolutions, for photos',
  designedFor: imageNet,
  build(options) {
    checkPhotos('mobilenet-v2', options);
    const stages = blocks();
    return {
      layers: [
        imageNetNormalization(),
        ...relu6Convolution('features.0', { outChannels: STEM_CHANNELS, kernel: 3, stride: 2, padding: 1 }),
        ...stages.layers,
        ...relu6Convolution(`features.${String(stages.end)}`, { outChannels: HEAD_CHANNELS }),
        ...classifier(options.classes, 'classifier.0', 'classifier.1'),
      ],
    };
  },
};

/** @returns the layers, and the index in `features` after the last */
function blocks(): { readonly layers: readonly Layer[]; readonly end: number } {
  const layers: Layer[] = [];
  let inputs = STEM_CHANNELS;
  let end = 1;
  for (const [expansion, outChannels, repeats, stride] of STAGES) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const name = `features.${String(end++)}`;
      const isResidual = repeat > 0;
      const block = blockOf(inputs, expansion, isResidual ? 1 : stride, outChannels);
      layers.push(...named(name, block, isResidual));
      inputs = outChannels;
    }
  }
  return { layers, end };
}

/** Expands the channels, convolves each separately, and projects them to fewer. */
function blockOf(inputs: number, expansion: number, stride: number, outChannels: number): Layer[] {
  const inside = inputs * expansion;
  const depthwise = { outChannels: inside, kernel: 3, stride, padding: 1, groups: inside };
  const convolutions = [...(expansion === 1 ? [] : [{ outChannels: inside }]), depthwise];
  const last = convolutions.length;
  return [
    ...convolutions.flatMap((options, index) => relu6Convolution(`conv.${String(index)}`, options)),
    ...convolutionBlock({ names: [`conv.${String(last)}`, `conv.${String(last + 1)}`], outChannels }),
  ];
}

function relu6Convolution(name: string, options: Omit<Parameters<typeof relu6Block>[0], 'names'>): Layer[] {
  return relu6Block({ ...options, names: [`${name}.0`, `${name}.1`] }, `${name}.2`);
}
