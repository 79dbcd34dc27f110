import { relu } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  { layer: relu(), input: [3, 4, 2], torchModule: 'nn.ReLU()', onnxNodes: ['Relu'] },
  { layer: relu(), input: [5], torchModule: 'nn.ReLU()', onnxNodes: ['Relu'] },
];
