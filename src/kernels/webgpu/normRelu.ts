import { forItemsOf } from './lib/elements.js';
import type { WebgpuKernel } from './lib/kernel.js';
import { coefficientsCode, NORMALIZED, pixelsOf, storeSums } from './lib/normalization.js';
import { boundedCode, passesCode } from './lib/relu.js';
import { sums } from './lib/sums.js';
import { addresses, elementsOf } from './lib/wgsl.js';

export const normRelu: WebgpuKernel<'normRelu'> = (op) => {
  const other = op.reads.other === undefined ? '' : ' + load(at_other(item, e))';
  return forItemsOf(
    { ...op.reads, ...op.writes },
    op.writes.output,
    `let value = normalized(load(at_input(item, e)), e % ${elementsOf(op.reads.scale)}u);
  store(at_output(item, e), bounded(value${other}));`,
    NORMALIZED + boundedCode(op),
  );
};

export const normReluGradSums: WebgpuKernel<'normReluGradSums'> = (op, limits) => {
  const channels = elementsOf(op.reads.mean);
  return sums(
    {
      channels,
      pixels: pixelsOf(op.reads.input),
      declarations: `${addresses({ ...op.reads, ...op.writes })}${storeSums(channels)}${NORMALIZED}${passesCode(op)}
fn terms(item: u32, pixel: u32, c: u32) -> Terms {
  let e = pixel * ${channels}u + c;
  let value = load(at_input(item, e));
  let gradient = select(0.0, load(at_outputGrad(item, e)), passes(normalized(value, c)));
  return Terms(vec2f(gradient, 0.0), product(gradient, value - load(at_mean(0u, c))));
}
`,
    },
    limits,
  );
};

export const normReluInputGrad: WebgpuKernel<'normReluInputGrad'> = (op) => {
  const channels = elementsOf(op.reads.scale);
  return forItemsOf(
    { ...op.reads, ...op.writes },
    op.writes.inputGrad,
    `let channel = e % ${channels}u;
  let coefficients = coefficientsOf(channel);
  let value = load(at_input(item, e));
  let gradient = select(0.0, load(at_outputGrad(item, e)), passes(normalized(value, channel)));
  store(at_inputGrad(item, e), coefficients.x * gradient + coefficients.y * value + coefficients.z);`,
    NORMALIZED + passesCode(op) + coefficientsCode(channels),
  );
};
