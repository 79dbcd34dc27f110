import { describe, expect, it, test } from 'vitest';
import { KERNEL_ENUMS } from '#inkling/kernels/generated/signatures.js';
import { predictionKernels } from '#inkling/kernels/generated/predictionKernels.js';
import { wasmKernels } from '#inkling/kernels/generated/wasmKernels.js';
import { bindKernel } from '#inkling/kernels/wasm/bindKernel.js';
import { instantiateKernels, type KernelExports } from '#inkling/kernels/wasm/instantiate.js';
import { simdKernels } from '../../helpers/wasmRun.js';

/** Kernels that record the values that they are called with. */
function recordingKernels() {
  const calls: number[][] = [];
  const record = (...values: number[]) => calls.push([...values]);
  const kernels = Object.fromEntries(
    Object.entries(wasmKernels.parameters).map(([name, parameters]) => [
      name,
      { call: record, parameters: parameters.split(' ') },
    ]),
  );
  return { calls, kernels: kernels as unknown as KernelExports };
}

describe('bindKernel', () => {
  it('passes arguments in the order of the parameters, not in the order given', () => {
    const { calls, kernels } = recordingKernels();
    const call = bindKernel(kernels, 'sgd', {
      nesterov: true,
      momentum: 0.9,
      rateFactor: 0.5,
      velocity: 30,
      parameter: 20,
      gradient: 10,
      steps: 7,
      step: (_task, _begin, _end, step) => step,
      end: (_task, _begin, end) => end,
      begin: (_task, begin) => begin,
    });
    call(0, 1, 2, 3, 0);
    call(1, 4, 5, 6, 0);
    expect(wasmKernels.parameters.sgd).toBe(
      'begin end step steps gradient parameter velocity rateFactor momentum nesterov',
    );
    expect(calls).toEqual([
      [1, 2, 3, 7, 10, 20, 30, 0.5, 0.9, 1],
      [4, 5, 6, 7, 10, 20, 30, 0.5, 0.9, 1],
    ]);
  });

  it('rejects missing, misspelled and surplus arguments at compile time', () => {
    const { kernels } = recordingKernels();
    const complete = { begin: 0, end: 1, logits: 64, classes: 10, probabilities: 128 };
    bindKernel(kernels, 'softmax', complete);
    expect(() => {
      // @ts-expect-error: `classes` is missing.
      bindKernel(kernels, 'softmax', { begin: 0, end: 1, logits: 64, probabilities: 128 });
    }).toThrow('kernel softmax: classes is missing');
    expect(() => {
      // @ts-expect-error: `probabilities` is misspelled.
      bindKernel(kernels, 'softmax', { begin: 0, end: 1, logits: 64, classes: 10, probabilites: 128 });
    }).toThrow('kernel softmax: probabilities is missing');
    // @ts-expect-error: `targets` is no parameter of this kernel.
    bindKernel(kernels, 'softmax', { ...complete, targets: 192 });
    // @ts-expect-error: nor is one from a spread object.
    bindKernel(kernels, 'softmax', { ...complete, ...{ targets: 192 } });
    // @ts-expect-error: `nesterov` is a boolean.
    bindKernel(kernels, 'sgd', { ...updateArguments, nesterov: 1 });
    // @ts-expect-error: there is no kernel of this name.
    expect(() => bindKernel(kernels, 'softmin', complete)).toThrow();
  });
});

const updateArguments = {
  begin: 0,
  end: 1,
  step: 0,
  steps: 0,
  gradient: 10,
  parameter: 20,
  velocity: 30,
  rateFactor: 1,
  momentum: 0.9,
};

test('the kernels of predictions are those of all operations without those that only training has', () => {
  const { bindings, parameters } = predictionKernels;
  expect(wasmKernels.bindings).toMatchObject(bindings);
  expect(wasmKernels.parameters).toMatchObject(parameters);
  expect(Object.keys(bindings)).toEqual(expect.arrayContaining(['conv2d', 'batchNormRunning', 'softmax']));
  const ofTraining = /Grad([A-Z]|$)|dropout|augmentImages|[cC]rossEntropy|adam|sgd|transposeWeight/;
  for (const name of [...Object.keys(bindings), ...Object.keys(parameters)]) {
    expect(name).not.toMatch(ofTraining);
  }
});

test('kernels with other parameters are rejected', () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  for (const parameters of [{ softmax: 'begin end' }, { softmin: 'begin end' }]) {
    expect(() => instantiateKernels(simdKernels, memory, { parameters })).toThrow(
      'kernels: the WebAssembly file is from another version; rebuild or reinstall Inkling',
    );
  }
});

describe('nonlinearity', () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const kernels = instantiateKernels(simdKernels, memory, wasmKernels);
  const unknownKind = Object.keys(KERNEL_ENUMS.Nonlinearity).length;
  const rows = { begin: 0, end: 1, rows: 1, rowElements: 4, slope: 0 };
  const input = { input: 1024, inputItem: 16, inputRow: 16 };
  const output = { output: 2048, outputItem: 16, outputRow: 16 };
  const outputGrad = { outputGrad: 2048, outputGradItem: 16, outputGradRow: 16 };
  const inputGrad = { inputGrad: 4096, inputGradItem: 16, inputGradRow: 16 };

  it.each([
    [
      'nonlinearity',
      (kind: number) => bindKernel(kernels, 'nonlinearity', { kind, ...rows, ...input, ...output }),
    ],
    [
      'nonlinearityGrad',
      (kind: number) =>
        bindKernel(kernels, 'nonlinearityGrad', { kind, ...rows, ...input, ...outputGrad, ...inputGrad }),
    ],
  ])('%s traps on an unknown code', (_name, bind) => {
    expect(() => {
      bind(unknownKind - 1)(0, 0, 1, 0, 0);
    }).not.toThrow();
    expect(() => {
      bind(unknownKind)(0, 0, 1, 0, 0);
    }).toThrow(WebAssembly.RuntimeError);
  });
});
