import { hardSigmoid } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  { layer: hardSigmoid(), input: [3, 4, 2], torchModule: 'nn.Hardsigmoid()', onnxNodes: ['HardSigmoid'] },
  { layer: hardSigmoid(), input: [5], torchModule: 'nn.Hardsigmoid()', onnxNodes: ['HardSigmoid'] },
];
