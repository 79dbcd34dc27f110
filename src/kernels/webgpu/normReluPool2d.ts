import { forPixels } from './lib/elements.js';
import type { WebgpuKernel } from './lib/kernel.js';
import { coefficientsCode, NORMALIZED, pixelsOf, storeSums } from './lib/normalization.js';
import { sums } from './lib/sums.js';
import { addresses, elementsOf } from './lib/wgsl.js';

/** WGSL: the first maximum of the normalized values under a 2×2 window, in row-major order; NaN if the first one is. */
const MAXIMUM = `
struct Maximum { row: i32, column: i32, input: f32, value: f32 }
fn maximumOf(item: u32, y: i32, x: i32, c: u32) -> Maximum {
  var maximum = Maximum();
  for (var tap = 0; tap < 4; tap++) {
    let row = 2 * y + tap / 2;
    let column = 2 * x + tap % 2;
    let input = load(pixel_input(item, row, column) + c);
    let value = normalized(input, c);
    if (tap == 0 || (value > maximum.value && !isNan(maximum.value))) { maximum = Maximum(row, column, input, value); }
  }
  return maximum;
}
`;

export const normReluPool2d: WebgpuKernel<'normReluPool2d'> = ({ reads, writes }) =>
  forPixels(
    { ...reads, ...writes },
    writes.output,
    'store(at_output(item, e), atLeastZero(maximumOf(item, y, x, c).value));',
    NORMALIZED + MAXIMUM,
  );

export const normReluPool2dGradSums: WebgpuKernel<'normReluPool2dGradSums'> = ({ reads, writes }, limits) => {
  const channels = elementsOf(reads.mean);
  const [, width] = reads.outputGrad.shape;
  return sums(
    {
      channels,
      pixels: pixelsOf(reads.outputGrad),
      declarations: `${addresses({ ...reads, ...writes })}${storeSums(channels)}${NORMALIZED}${MAXIMUM}
fn terms(item: u32, pixel: u32, c: u32) -> Terms {
  let maximum = maximumOf(item, i32(pixel / ${width}u), i32(pixel % ${width}u), c);
  let gradient = select(0.0, load(at_outputGrad(item, pixel * ${channels}u + c)), maximum.value > 0.0);
  return Terms(vec2f(gradient, 0.0), product(gradient, maximum.input - load(at_mean(0u, c))));
}
`,
    },
    limits,
  );
};

/**
 * A thread computes the gradients of the pixels under a window, which may overwrite their values; rows and columns that no window covers
 * belong to windows that have no gradient.
 */
export const normReluPool2dInputGrad: WebgpuKernel<'normReluPool2dInputGrad'> = ({ reads, writes }) => {
  const [height, width, channels] = reads.input.shape;
  const [windowsDown, windowsAcross] = reads.outputGrad.shape;
  const shape = [Math.ceil(height / 2), Math.ceil(width / 2), channels];
  return forPixels(
    { ...reads, ...writes },
    { ...writes.inputGrad, shape },
    `let coefficients = coefficientsOf(c);
  var gradient = 0.0;
  var maximum = Maximum(-1, -1, 0.0, 0.0);
  if (y < ${windowsDown} && x < ${windowsAcross}) {
    maximum = maximumOf(item, y, x, c);
    if (maximum.value > 0.0) { gradient = load(pixel_outputGrad(item, y, x) + c); }
  }
  for (var tap = 0; tap < 4; tap++) {
    let row = 2 * y + tap / 2;
    let column = 2 * x + tap % 2;
    if (row >= ${height} || column >= ${width}) { continue; }
    let own = select(0.0, gradient, row == maximum.row && column == maximum.column);
    let value = load(pixel_input(item, row, column) + c);
    store(pixel_inputGrad(item, row, column) + c, coefficients.x * own + coefficients.y * value + coefficients.z);
  }`,
    NORMALIZED + MAXIMUM + coefficientsCode(channels),
  );
};
