import { forElements } from './lib/elements.js';
import type { WebgpuKernel } from './lib/kernel.js';
import { PAIRS, sums } from './lib/sums.js';
import { addresses, elementsOf, float } from './lib/wgsl.js';

export const sumPartials: WebgpuKernel<'sumPartials'> = ({ reads, writes }) => {
  const size = elementsOf(writes.gradient);
  return forElements(
    { ...reads, ...writes },
    size,
    `var sum = 0.0;
  for (var part = 0u; part < ${reads.partials.count}u; part++) { sum += load(at_partials(0u, part * ${size}u + e)); }
  store(at_gradient(0u, e), sum);`,
  );
};

export const squareSums: WebgpuKernel<'squareSums'> = ({ reads, writes }, limits) =>
  sums(
    {
      channels: 1,
      pixels: 1,
      items: `${elementsOf(reads.gradient)}u`,
      declarations: `${addresses({ ...reads, ...writes })}
fn terms(item: u32, pixel: u32, c: u32) -> Terms {
  let value = load(at_gradient(0u, item));
  return Terms(vec2f(0.0), product(value, value));
}
fn finish(part: u32, c: u32, first: vec2f, second: vec2f) { storePair(at_sums(part, 0u), second); }
`,
    },
    limits,
  );

/** Keeps PyTorch's `clip_grad_norm_` from dividing by zero. */
const CLIP_EPSILON = 1e-6;

/** The square of a norm above 1.8e19 overflows: then the gradient becomes 0, as in PyTorch, which computes it in float32 too; infinite elements become NaN. */
export const clipGradient: WebgpuKernel<'clipGradient'> = ({ reads, writes, maxNorm }) =>
  forElements(
    { ...reads, ...writes },
    elementsOf(writes.gradient),
    `var total = vec2f(0.0);
  for (var part = 0u; part < ${reads.sums.count * elementsOf(reads.sums)}u; part++) {
    total = addPairs(total, loadPair(at_sums(0u, part)));
  }
  store(at_gradient(0u, e), load(at_gradient(0u, e)) * factorOf(total.x));`,
    `${PAIRS}
fn factorOf(squares: f32) -> f32 {
  if (isNan(squares)) { return squares; }
  if (!isFinite(squares)) { return 0.0; }
  return min(1.0, ${float(maxNorm)} / (sqrt(squares) + ${float(CLIP_EPSILON)}));
}
`,
  );
