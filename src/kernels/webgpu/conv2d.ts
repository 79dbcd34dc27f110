import { sizeOf } from '../../core/shape.js';
import type { OpOf } from '../../plan/ops.js';
import { biasGrad } from './lib/biasGrad.js';
import { positionOf, tapCode, tapGradCode } from './lib/convolution.js';
import type { Dispatch, KernelLimits, WebgpuKernel } from './lib/kernel.js';
import { pixelsOf } from './lib/normalization.js';
import { product, putRows } from './lib/product.js';
import { boundedCode } from './lib/relu.js';
import { addresses } from './lib/wgsl.js';

/*
 * Convolutions are matrix products whose left matrix has a row for each output pixel and a column for each tap and input channel: it is
 * not stored, but its elements are read from the image when a tile is loaded. The form of a weight for Winograd's algorithm is not used.
 */

export const conv2d: WebgpuKernel<'conv2d'> = (op, limits) => {
  const { reads, writes } = op;
  const { input, weight, bias } = reads;
  const [inputs, outputs] = [input.shape[2], writes.output.shape[2]];
  const pixels = pixelsOf(writes.output);
  const depth = sizeOf(op.kernel) * inputs;
  return product(
    {
      rows: writes.output.count * pixels,
      columns: outputs,
      depth,
      declarations: `${addresses({ input, weight, bias, ...writes })}${tapCode(op)}${boundedCode(op.relu)}
fn rowsOf(part: u32) -> u32 { return current.count * ${pixels}u; }
fn depthOf(part: u32) -> u32 { return ${depth}u; }
fn left(part: u32, row: u32, k: u32) -> f32 {
  ${positionOf('row', writes.output)}
  return load(tap_input(item, y, x, i32(k / ${inputs}u)) + k % ${inputs}u);
}
fn right(part: u32, k: u32, column: u32) -> f32 { return load(at_weight(0u, k * ${outputs}u + column)); }
${putRows(`${positionOf('row', writes.output)}
    store(pixel_output(item, y, x) + column, bounded(value${bias === undefined ? '' : ' + load(at_bias(0u, column))'}));`)}`,
    },
    limits,
  );
};

export const conv2dInputGrad: WebgpuKernel<'conv2dInputGrad'> = (op, limits) => {
  const { outputGrad, transposed } = op.reads;
  const { inputGrad } = op.writes;
  const [inputs, outputs] = [inputGrad.shape[2], outputGrad.shape[2]];
  const pixels = pixelsOf(inputGrad);
  const taps = sizeOf(op.kernel);
  return product(
    {
      rows: inputGrad.count * pixels,
      columns: inputs,
      depth: taps * outputs,
      declarations: `${addresses({ outputGrad, transposed, inputGrad })}${tapGradCode(op, outputGrad)}
fn rowsOf(part: u32) -> u32 { return current.count * ${pixels}u; }
fn depthOf(part: u32) -> u32 { return ${taps * outputs}u; }
fn left(part: u32, row: u32, k: u32) -> f32 {
  ${positionOf('row', inputGrad)}
  // The taps of the transposed weight are reversed.
  let at = tap_outputGrad(item, y, x, ${taps - 1} - i32(k / ${outputs}u));
  if (at < 0) { return 0.0; }
  return load(u32(at) + k % ${outputs}u);
}
fn right(part: u32, k: u32, column: u32) -> f32 { return load(at_transposed(0u, k * ${inputs}u + column)); }
${putRows(`${positionOf('row', inputGrad)}
    store(pixel_inputGrad(item, y, x) + column, value);`)}`,
    },
    limits,
  );
};

export const conv2dWeightGrad: WebgpuKernel<'conv2dWeightGrad'> = weightGrad;

export const conv2dGroupWeightGrad: WebgpuKernel<'conv2dGroupWeightGrad'> = weightGrad;

function weightGrad(
  op: OpOf<'conv2dWeightGrad'> | OpOf<'conv2dGroupWeightGrad'>,
  limits: KernelLimits,
): readonly Dispatch[] {
  const { input, outputGrad } = op.reads;
  const { weightPartials, biasPartials } = op.writes;
  const [inputs, outputs] = [input.shape[2], outputGrad.shape[2]];
  const pixels = pixelsOf(outputGrad);
  const parts = weightPartials.count;
  const rows = sizeOf(op.kernel) * inputs;
  const range = `fn beginOf(part: u32) -> u32 { return current.count * part / ${parts}u; }`;
  const weights = product(
    {
      rows,
      columns: outputs,
      depth: Math.ceil(input.count / parts) * pixels,
      parts,
      leftNeighbors: 'rows',
      declarations: `${addresses({ input, outputGrad, weightPartials })}${tapCode(op)}${range}
fn rowsOf(part: u32) -> u32 { return ${rows}u; }
fn depthOf(part: u32) -> u32 { return (beginOf(part + 1u) - beginOf(part)) * ${pixels}u; }
fn left(part: u32, row: u32, k: u32) -> f32 {
  let index = beginOf(part) * ${pixels}u + k;
  ${positionOf('index', outputGrad)}
  return load(tap_input(item, y, x, i32(row / ${inputs}u)) + row % ${inputs}u);
}
fn right(part: u32, k: u32, column: u32) -> f32 {
  return load(at_outputGrad(beginOf(part) + k / ${pixels}u, k % ${pixels}u * ${outputs}u + column));
}
${putRows(`store(at_weightPartials(part, row * ${outputs}u + column), value);`)}`,
    },
    limits,
  );
  if (biasPartials === undefined) return [weights];
  return [weights, biasGrad(outputGrad, biasPartials, limits)];
}
