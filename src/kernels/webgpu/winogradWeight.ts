import { tileSizeOf } from '../../plan/winograd.js';
import { WEIGHT_TRANSFORMS } from '../reference/lib/winograd.js';
import { forElements } from './lib/elements.js';
import type { WebgpuKernel } from './lib/kernel.js';
import { float } from './lib/wgsl.js';

/** The convolutions of this backend read the weight itself; see `conv2d.ts`. */
export const winogradWeight: WebgpuKernel<'winogradWeight'> = ({ reads, writes }) => {
  const [inputs, outputs] = reads.weight.shape.slice(-2);
  const [, rows, width] = writes.transformed.shape;
  const matrix = inputs * outputs;
  const g = WEIGHT_TRANSFORMS[tileSizeOf(writes.transformed)];
  const size = g.length;
  return forElements(
    { ...reads, ...writes },
    matrix * size * size,
    `var factors = array<f32, ${3 * size}>(${g.flat().map(float).join(', ')});
  let position = e / ${matrix}u;
  let element = e % ${matrix}u;
  let input = element / ${outputs}u;
  let output = element % ${outputs}u;
  var sum = 0.0;
  for (var tap = 0u; tap < 9u; tap++) {
    let factor = factors[position / ${size}u * 3u + tap / 3u] * factors[position % ${size}u * 3u + tap % 3u];
    sum += factor * load(at_weight(0u, tap * ${matrix}u + element));
  }
  let row = position * ${rows}u + output / ${width}u * ${inputs}u + input;
  store(at_transformed(0u, row * ${width}u + output % ${width}u), sum);`,
  );
};
