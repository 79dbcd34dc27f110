import { gemm, ZEROS } from './gemm';
import { FLOAT } from './simd';
import { sumRows } from './sumRows';
import { setA, setB, setC, setTerms } from './tile';

/** `output = input · weight + bias`, an image a row; the weight is `[inputs, outputs]`. */
export function linear(
  begin: i32,
  end: i32,
  input: i32,
  inputs: i32,
  weight: i32,
  bias: i32,
  output: i32,
  outputs: i32,
): void {
  const inputRow = inputs * FLOAT;
  const outputRow = outputs * FLOAT;
  setA(inputRow, FLOAT, 0);
  setB(outputRow, 0);
  setTerms(1, inputs);
  setC(outputRow, 0);
  gemm(end - begin, outputs, input + begin * inputRow, weight, bias, output + begin * outputRow);
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
): void {
  linear(begin, end, outputGrad, outputs, transposed, ZEROS, inputGrad, inputs);
}

/** The gradients of weight and bias, summed over the images of a task. */
export function linearWeightGrad(
  begin: i32,
  end: i32,
  input: i32,
  inputs: i32,
  outputGrad: i32,
  outputs: i32,
  weightPartial: i32,
  biasPartial: i32,
): void {
  const inputRow = inputs * FLOAT;
  const outputRow = outputs * FLOAT;
  const grad = outputGrad + begin * outputRow;
  setA(FLOAT, inputRow, 0);
  setB(outputRow, 0);
  setTerms(1, end - begin);
  setC(outputRow, 0);
  gemm(inputs, outputs, input + begin * inputRow, grad, ZEROS, weightPartial);
  memory.fill(biasPartial, 0, outputRow);
  sumRows(grad, end - begin, outputs, biasPartial);
}
