import type { WebgpuKernel } from './lib/kernel.js';
import { product, putRows } from './lib/product.js';
import { sums } from './lib/sums.js';
import { addresses, elementsOf } from './lib/wgsl.js';

export const linear: WebgpuKernel<'linear'> = ({ reads, writes }, limits) => {
  const [inputs, outputs] = [elementsOf(reads.input), elementsOf(writes.output)];
  const bias = reads.bias === undefined ? '' : ' + load(at_bias(0u, column))';
  return product(
    {
      rows: writes.output.count,
      columns: outputs,
      depth: inputs,
      declarations: `${addresses({ ...reads, ...writes })}
fn rowsOf(part: u32) -> u32 { return current.count; }
fn depthOf(part: u32) -> u32 { return ${inputs}u; }
fn left(part: u32, row: u32, k: u32) -> f32 { return load(at_input(row, k)); }
fn right(part: u32, k: u32, column: u32) -> f32 { return load(at_weight(0u, k * ${outputs}u + column)); }
${putRows(`store(at_output(row, column), value${bias});`)}`,
    },
    limits,
  );
};

export const linearInputGrad: WebgpuKernel<'linearInputGrad'> = ({ reads, writes }, limits) => {
  const [inputs, outputs] = [elementsOf(writes.inputGrad), elementsOf(reads.outputGrad)];
  return product(
    {
      rows: writes.inputGrad.count,
      columns: inputs,
      depth: outputs,
      declarations: `${addresses({ ...reads, ...writes })}
fn rowsOf(part: u32) -> u32 { return current.count; }
fn depthOf(part: u32) -> u32 { return ${outputs}u; }
fn left(part: u32, row: u32, k: u32) -> f32 { return load(at_outputGrad(row, k)); }
fn right(part: u32, k: u32, column: u32) -> f32 { return load(at_transposed(0u, k * ${inputs}u + column)); }
${putRows('store(at_inputGrad(row, column), value);')}`,
    },
    limits,
  );
};

export const linearWeightGrad: WebgpuKernel<'linearWeightGrad'> = ({ reads, writes }, limits) => {
  const [inputs, outputs] = [elementsOf(reads.input), elementsOf(reads.outputGrad)];
  const weightGrad = product(
    {
      rows: inputs,
      columns: outputs,
      depth: reads.input.count,
      leftNeighbors: 'rows',
      declarations: `${addresses({ ...reads, ...writes })}
fn rowsOf(part: u32) -> u32 { return ${inputs}u; }
fn depthOf(part: u32) -> u32 { return current.count; }
fn left(part: u32, row: u32, k: u32) -> f32 { return load(at_input(k, row)); }
fn right(part: u32, k: u32, column: u32) -> f32 { return load(at_outputGrad(k, column)); }
${putRows(`store(at_weightGrad(0u, row * ${outputs}u + column), value);`)}`,
    },
    limits,
  );
  if (writes.biasGrad === undefined) return weightGrad;
  const biasGrad = sums(
    {
      channels: outputs,
      pixels: 1,
      parts: 1,
      declarations: `${addresses({ ...reads, ...writes })}
fn terms(item: u32, pixel: u32, c: u32) -> Terms { return Terms(vec2f(load(at_outputGrad(item, c)), 0.0), vec2f(0.0)); }
fn finish(part: u32, c: u32, first: vec2f, second: vec2f) { store(at_biasGrad(0u, c), first.x); }
`,
    },
    limits,
  );
  return [weightGrad, biasGrad];
};
