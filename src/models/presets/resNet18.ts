import {
  flatten,
  globalAvgPool2d,
  type Layer,
  linear,
  maxPool2d,
  relu,
  residual,
} from '../../layers/index.js';
import { convolutionBlock, imageNetNormalization, photoPreset } from './imageNet.js';

const STAGES = [64, 128, 256, 512];
const BLOCKS = 2;

/** Source: He et al., "Deep Residual Learning for Image Recognition", CVPR 2016; the names are those of torchvision's weights. */
export const resNet18 = photoPreset(
  'resnet-18',
  'ResNet-18: eight residual blocks of two 3×3 convolutions, for photos',
  (classes) => [
    imageNetNormalization(),
    ...convolutionBlock({ names: ['conv1', 'bn1'], outChannels: 64, kernel: 7, stride: 2, padding: 3 }),
    relu({ name: 'relu' }),
    maxPool2d({ name: 'maxpool', kernel: 3, stride: 2, padding: 1 }),
    ...STAGES.flatMap((channels, stage) => stageOf(`layer${String(stage + 1)}`, channels, stage > 0)),
    globalAvgPool2d({ name: 'avgpool' }),
    flatten({ name: 'flatten' }),
    linear({ name: 'fc', outFeatures: classes }),
  ],
);

/** @param halves whether its first block halves the size and doubles the channels */
function stageOf(name: string, outChannels: number, halves: boolean): Layer[] {
  return Array.from({ length: BLOCKS }, (_, index) => {
    const isFirst = halves && index === 0;
    const stride = isFirst ? 2 : 1;
    const shortcut = convolutionBlock({ names: ['0', '1'], outChannels, stride });
    const block = residual({
      name: `${name}.${String(index)}`,
      layers: [
        ...convolutionBlock({ names: ['conv1', 'bn1'], outChannels, kernel: 3, stride, padding: 1 }),
        relu({ name: 'relu' }),
        ...convolutionBlock({ names: ['conv2', 'bn2'], outChannels, kernel: 3, padding: 1 }),
      ],
      ...(isFirst && { shortcut, shortcutName: 'downsample' }),
    });
    return [block, relu({ name: `${name}.relu${String(index)}` })];
  }).flat();
}
