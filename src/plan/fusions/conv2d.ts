import type { Op, OpOf } from '../ops.js';
import type { Tensor } from '../tensor.js';
import { touches } from './find.js';

/**
 * Fuses a convolution with the pooling after it, if only the pooling uses its output; in training the batch statistics use it
 * too. A convolution that does not use Winograd's algorithm stays, but skips a last row and column that the pooling drops.
 */
export function fuseConv2d(ops: readonly Op[], pool: OpOf<'normReluPool2d'>): readonly Op[] {
  const output = pool.reads.input;
  const touching = ops.filter((op) => touches(op, [output]));
  const conv = touching.find((op) => op.op === 'conv2d');
  if (conv === undefined || touching.length !== 2) return ops;
  const { transformed, ...reads } = conv.reads;
  if (transformed !== undefined) {
    const { scale, shift } = pool.reads;
    const fused: Op = {
      op: 'conv2dNormReluPool2d',
      reads: { ...reads, transformed, scale, shift },
      writes: pool.writes,
      kernel: conv.kernel,
      stride: conv.stride,
      padding: conv.padding,
    };
    return ops.flatMap((op) => (op === conv ? [] : op === pool ? [fused] : [op]));
  }
  const [height, width, channels] = pool.writes.output.shape;
  const cropped: Tensor = { ...output, shape: [2 * height, 2 * width, channels] };
  return ops.map((op) => {
    if (op === conv) return { ...conv, writes: { output: cropped } };
    if (op === pool) return { ...pool, reads: { ...pool.reads, input: cropped } };
    return op;
  });
}
