import type { TensorMemory } from '../../../plan/memory.js';
import type { Bounded, DilatedWindow } from '../../../plan/opShape.js';
import type { OpOf } from '../../../plan/ops.js';
import { imageLayout } from '../../../plan/tensor.js';
import { gridOf, pixelIndex } from './indices.js';

/** Returns a function that computes one channel of one pixel of a convolution's output. */
export function convolution(
  {
    reads,
    writes,
    kernel,
    stride,
    padding,
    dilation,
  }: Pick<OpOf<'conv2d'>, 'reads' | 'writes' | keyof DilatedWindow>,
  memory: TensorMemory,
): (item: number, y: number, x: number, o: number) => number {
  const [input, weight] = [reads.input, reads.weight].map((tensor) => memory.floats(tensor));
  const bias = reads.bias && memory.floats(reads.bias);
  const from = imageLayout(reads.input);
  const outputs = writes.output.shape[2];
  const taps = gridOf(...kernel);

  return (item, y, x, o) => {
    let sum = bias?.[o] ?? 0;
    taps.forEach(([ky, kx], tap) => {
      const row = y * stride[0] - padding[0] + ky * dilation[0];
      const index = pixelIndex(from, item, row, x * stride[1] - padding[1] + kx * dilation[1]);
      for (let i = 0; i < from.channels; i++) {
        sum += input[index + i] * weight[(tap * from.channels + i) * outputs + o];
      }
    });
    return sum;
  };
}

/** Returns a function that computes the ReLU of a convolution, if it has one. */
export function boundsOf({ relu }: Bounded): (value: number) => number {
  return relu === undefined ? (value) => value : (value) => Math.min(Math.max(0, value), relu.maximum);
}
