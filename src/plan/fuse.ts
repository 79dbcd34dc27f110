import { fuseConv2d } from './fusions/conv2d.js';
import { fuseNormAddRelu, fuseNormRelu } from './fusions/normRelu.js';
import { fuseNormReluPool2d } from './fusions/normReluPool2d.js';
import type { Op } from './ops.js';

/**
 * Replaces sequences of operations with one operation where no other operation uses the intermediate results: batch
 * normalization, ReLU and 2×2 max pooling; batch normalization and ReLU, with or without the sum of a residual between them;
 * and their gradients.
 */
export function fuse(ops: readonly Op[]): readonly Op[] {
  let fused = ops;
  for (const op of ops) if (op.op === 'scaleShift') fused = fuseNormReluPool2d(fused, op);
  for (const op of fused) if (op.op === 'normReluPool2d') fused = fuseConv2d(fused, op);
  for (const op of fused) {
    if (op.op !== 'scaleShift') continue;
    fused = fuseNormRelu(fused, op) ?? fuseNormAddRelu(fused, op) ?? fused;
  }
  return fused;
}
