import { flatten } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  { layer: flatten(), input: [2, 3, 4], torchModule: 'nn.Flatten()', onnxNodes: ['Flatten'] },
  { layer: flatten(), input: [5], torchModule: 'nn.Flatten()', onnxNodes: ['Flatten'] },
];
