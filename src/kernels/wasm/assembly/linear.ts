import { gemm, ZEROS } from './lib/gemm';
import { rowProduct, ROWS } from './lib/rowProduct';
import { CHANNELS, FLOAT } from './lib/simd';
import { countOf } from './generated/step';
import { setA, setB, setC, setTerms } from './lib/tile';

/** Terms of a partial sum: several short sums have smaller rounding errors than a long one. */
const CHUNK: i32 = 128;

/**
 * `output = input · weight + bias`, with one row per image; the weight is `[inputs, outputs]`.
 *
 * @param scratch as many bytes as a row of the output has
 */
export function linear(
  begin: i32,
  end: i32,
  input: i32,
  inputs: i32,
  weight: i32,
  bias: i32,
  output: i32,
  outputs: i32,
  scratch: i32,
): void {
  const inputRow = inputs * FLOAT;
  const outputRow = outputs * FLOAT;
  if (end - begin == 1 && inputs % ROWS == 0 && outputRow % CHANNELS == 0) {
    rowProduct(
      input + begin * inputRow,
      inputs,
      CHUNK,
      weight,
      bias,
      output + begin * outputRow,
      outputRow,
      scratch,
    );
    return;
  }
  setA(inputRow, FLOAT, 0);
  setB(outputRow, 0);
  const c = output + begin * outputRow;
  for (let first = 0; first < inputs; first += CHUNK) {
    setTerms(1, min(CHUNK, inputs - first));
    setC(outputRow, first > 0);
    const a = input + begin * inputRow + first * FLOAT;
    gemm(end - begin, outputs, a, weight + first * outputRow, first > 0 ? ZEROS : bias, c);
  }
}

/** `inputGrad = outputGrad · transposed`, with the transposed weight `[outputs, inputs]`. */
export function linearInputGrad(
  begin: i32,
  end: i32,
  outputGrad: i32,
  outputs: i32,
  transposed: i32,
  inputGrad: i32,
  inputs: i32,
  scratch: i32,
): void {
  linear(begin, end, outputGrad, outputs, transposed, ZEROS, inputGrad, inputs, scratch);
}

/**
 * The gradients, over the whole batch, of the rows `begin` to `end` of the weight and the biases `biasBegin` to `biasEnd`.
 *
 * @param biasGrad `ZEROS` if there is no bias
 */
export function linearWeightGrad(
  begin: i32,
  end: i32,
  biasBegin: i32,
  biasEnd: i32,
  step: i32,
  steps: i32,
  input: i32,
  inputs: i32,
  outputGrad: i32,
  outputs: i32,
  weightGrad: i32,
  biasGrad: i32,
): void {
  const images = <i32>countOf(steps, step);
  const inputRow = inputs * FLOAT;
  const outputRow = outputs * FLOAT;
  setA(FLOAT, inputRow, 0);
  setB(outputRow, 0);
  setTerms(1, images);
  setC(outputRow, false);
  gemm(end - begin, outputs, input + begin * FLOAT, outputGrad, ZEROS, weightGrad + begin * outputRow);
  if (biasGrad == ZEROS) return;
  for (let o = biasBegin; o < biasEnd; o++) {
    let sum: f32 = 0;
    for (let image = 0; image < images; image++) sum += f32.load(outputGrad + image * outputRow + o * FLOAT);
    f32.store(biasGrad + o * FLOAT, sum);
  }
}
