import { gelu } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  { layer: gelu(), input: [3, 4, 2], torchModule: 'nn.GELU()', onnxNodes: ['Gelu'] },
  { layer: gelu(), input: [5], torchModule: 'nn.GELU()', onnxNodes: ['Gelu'] },
];
