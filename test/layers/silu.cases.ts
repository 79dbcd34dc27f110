import { silu } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  { layer: silu(), input: [3, 4, 2], torchModule: 'nn.SiLU()', onnxNodes: ['Sigmoid', 'Mul'] },
  { layer: silu(), input: [5], torchModule: 'nn.SiLU()', onnxNodes: ['Sigmoid', 'Mul'] },
];
