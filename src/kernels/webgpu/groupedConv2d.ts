import { sizeOf } from '../../core/shape.js';
import { biasGrad } from './lib/biasGrad.js';
import { tapCode, tapGradCode } from './lib/convolution.js';
import { forPixels } from './lib/elements.js';
import type { WebgpuKernel } from './lib/kernel.js';
import { pixelsOf } from './lib/normalization.js';
import { boundedCode } from './lib/relu.js';
import { sums } from './lib/sums.js';
import { addresses } from './lib/wgsl.js';

/* A thread computes one output, of few terms, because a group has few channels; threads next to each other read channels that are, too. */

export const groupedConv2d: WebgpuKernel<'groupedConv2d'> = (op) => {
  const { reads, writes, groups } = op;
  const [inputs, outputs] = [reads.input.shape[2] / groups, writes.output.shape[2] / groups];
  return forPixels(
    { ...reads, ...writes },
    writes.output,
    `var sum = ${reads.bias === undefined ? '0.0' : 'load(at_bias(0u, c))'};
  for (var tap = 0u; tap < ${sizeOf(op.kernel)}u; tap++) {
    let source = tap_input(item, y, x, i32(tap)) + c / ${outputs}u * ${inputs}u;
    for (var i = 0u; i < ${inputs}u; i++) {
      sum += load(source + i) * load(at_weight(0u, (tap * ${inputs}u + i) * ${outputs * groups}u + c));
    }
  }
  store(at_output(item, e), bounded(sum));`,
    tapCode(op) + boundedCode(op.relu),
  );
};

export const groupedConv2dInputGrad: WebgpuKernel<'groupedConv2dInputGrad'> = (op) => {
  const { reads, writes, groups } = op;
  const [inputs, outputs] = [writes.inputGrad.shape[2] / groups, reads.outputGrad.shape[2] / groups];
  const taps = sizeOf(op.kernel);
  return forPixels(
    { ...reads, ...writes },
    writes.inputGrad,
    `var sum = 0.0;
  let first = c / ${inputs}u * ${outputs}u;
  for (var tap = 0; tap < ${taps}; tap++) {
    let source = tap_outputGrad(item, y, x, tap);
    if (source < 0) { continue; }
    let row = u32(${taps - 1} - tap) * ${outputs * groups}u + first;
    for (var o = 0u; o < ${outputs}u; o++) {
      sum += load(u32(source) + first + o) * load(at_transposed(0u, (row + o) * ${inputs}u + c % ${inputs}u));
    }
  }
  store(at_inputGrad(item, e), sum);`,
    tapGradCode(op, reads.outputGrad),
  );
};

export const groupedConv2dWeightGrad: WebgpuKernel<'groupedConv2dWeightGrad'> = (op, limits) => {
  const { input, outputGrad } = op.reads;
  const { weightPartials, biasPartials } = op.writes;
  const channels = outputGrad.shape[2];
  const [inputs, outputs] = [input.shape[2] / op.groups, channels / op.groups];
  const width = outputGrad.shape[1];
  const weights = sums(
    {
      channels: sizeOf(op.kernel) * inputs * channels,
      pixels: pixelsOf(outputGrad),
      declarations: `${addresses({ input, outputGrad, weightPartials })}${tapCode(op)}
fn terms(item: u32, pixel: u32, element: u32) -> Terms {
  let o = element % ${channels}u;
  let i = element / ${channels}u % ${inputs}u + o / ${outputs}u * ${inputs}u;
  let tap = i32(element / ${inputs * channels}u);
  let y = i32(pixel / ${width}u);
  let x = i32(pixel % ${width}u);
  let value = load(tap_input(item, y, x, tap) + i) * load(pixel_outputGrad(item, y, x) + o);
  return Terms(vec2f(value, 0.0), vec2f(0.0));
}
fn finish(part: u32, element: u32, first: vec2f, second: vec2f) { store(at_weightPartials(part, element), first.x); }
`,
    },
    limits,
  );
  if (biasPartials === undefined) return weights;
  return [weights, biasGrad(outputGrad, biasPartials, limits)];
};
