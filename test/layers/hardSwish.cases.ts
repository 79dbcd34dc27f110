import { hardSwish } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  { layer: hardSwish(), input: [3, 4, 2], torchModule: 'nn.Hardswish()', onnxNodes: ['HardSwish'] },
  { layer: hardSwish(), input: [5], torchModule: 'nn.Hardswish()', onnxNodes: ['HardSwish'] },
];
