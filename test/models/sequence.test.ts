import { expect, test } from 'vitest';
import {
  batchNorm1d,
  batchNorm2d,
  conv2d,
  dropout,
  flatten,
  type Layer,
  linear,
  relu,
  residual,
} from '#inkling/layers/index.js';
import { tensorsOf } from '#inkling/plan/plan.js';
import { overlap } from '#inkling/plan/tensor.js';
import { planNetwork } from '../helpers/network.js';

/** The names of the tensors that overlap the gradient of an input in memory. */
function besidesGradient(name: string, layers: readonly Layer[]): string[] {
  const { plan } = planNetwork({
    layers: [conv2d({ outChannels: 4, kernel: 3, padding: 2 }), ...layers],
    imageShape: [4, 4, 1],
    imageCount: 2,
    batchSize: 2,
    mode: 'training',
  });
  const tensors = tensorsOf(plan);
  const gradient = tensors.find((tensor) => tensor.name === `${name}.inputGrad`);
  if (gradient === undefined) throw new Error(`no gradient of the input of ${name}`);
  return [...new Set(tensors.filter((other) => overlap(other, gradient)).map((other) => other.name))].sort();
}

const answer = [flatten(), linear({ outFeatures: 2 })];

test('batch normalization overwrites its input with the gradient if the input is no longer needed', () => {
  expect(besidesGradient('1', [batchNorm2d(), ...answer])).toEqual(['0.output', '1.inputGrad']);
  const vector = [flatten(), linear({ outFeatures: 3 }), batchNorm1d(), linear({ outFeatures: 2 })];
  expect(besidesGradient('3', vector)).toEqual(['2.output', '3.inputGrad']);
});

test('it does not overwrite an input from which the gradient of an earlier ReLU is computed', () => {
  expect(besidesGradient('2', [relu(), batchNorm2d(), ...answer])).toEqual(['2.inputGrad']);
  const layers = [
    relu(),
    dropout({ probability: 0.5 }),
    flatten(),
    batchNorm1d(),
    linear({ outFeatures: 2 }),
  ];
  expect(besidesGradient('4', layers)).toEqual(['4.inputGrad']);
});

test('it does not overwrite an input that another branch reads', () => {
  const layers = [residual({ layers: [batchNorm2d()] }), ...answer];
  expect(besidesGradient('1.0', layers)).not.toContain('0.output');
});

test('it does not overwrite an input whose halo is smaller than that of the gradient', () => {
  const same = conv2d({ outChannels: 4, kernel: 3, padding: 1 });
  expect(besidesGradient('2', [same, batchNorm2d(), ...answer])).toEqual(['2.inputGrad']);
});
