import { forElements } from './lib/elements.js';
import type { WebgpuKernel } from './lib/kernel.js';
import { float } from './lib/wgsl.js';

export const constant: WebgpuKernel<'constant'> = ({ writes, values }) =>
  forElements(
    writes,
    values.length,
    `var values = array<f32, ${values.length}>(${values.map(float).join(', ')});
  store(at_output(0u, e), values[e]);`,
  );
