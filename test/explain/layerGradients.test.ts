import { describe, expect, test } from 'vitest';
import { toUnitFloats } from '#inkling/core/pixels.js';
import { sizeOf } from '#inkling/core/shape.js';
import { gradientPlan } from '#inkling/explain/gradientPlan.js';
import { InputGradients } from '#inkling/explain/inputGradients.js';
import { LayerGradients } from '#inkling/explain/layerGradients.js';
import { spatialLayers } from '#inkling/explain/spatialLayers.js';
import { allocateForInference } from '#inkling/models/network.js';
import { resolveModel } from '#inkling/models/resolve.js';
import type { ResolvedLayer } from '#inkling/models/resolved.js';
import { Arena } from '#inkling/plan/arena.js';
import { predictionPlan } from '#inkling/predict/plans/predictionPlan.js';
import { mixedModel, randomImages } from '../helpers/mixedModel.js';
import { ReferenceRun } from '../helpers/referenceRun.js';
import { withPrologue } from '../helpers/withPrologue.js';

const LABEL = 1;
const DIFFERENCE = 1e-5;

const mixed = mixedModel();
const resolved = resolveModel(mixed.model);
const pixels = toUnitFloats(randomImages(mixed.model, 1));

/** The gradient of the logit with respect to the output of a layer, by the reference kernels in double precision. */
function referenceGradient(layer: ResolvedLayer): readonly number[] {
  const arena = new Arena();
  const network = allocateForInference(arena, resolved);
  const plan = gradientPlan(arena, resolved, network, layer);
  const run = new ReferenceRun(arena, withPrologue(plan));
  for (const [name, tensor] of network.parameters) run.set(tensor, mixed.weights.get(name) ?? []);
  run.set(plan.input, pixels);
  run.set(plan.logitsGrad, (index) => Number(index === LABEL));
  run.run();
  return run.get(plan.gradients);
}

/** The logit as a function of the parameters and the image, by the reference kernels in double precision. */
function referenceLogit() {
  const arena = new Arena();
  const network = allocateForInference(arena, resolved);
  const plan = predictionPlan(arena, resolved, network, 1);
  const run = new ReferenceRun(arena, withPrologue(plan));
  for (const [name, tensor] of network.parameters) run.set(tensor, mixed.weights.get(name) ?? []);
  run.set(plan.input, pixels);
  /** The slope of the logit along one element of a tensor. */
  const slope = (array: ReturnType<typeof run.array>, index: number) => {
    const value = array[index];
    const [above, below] = [value + DIFFERENCE, value - DIFFERENCE].map((changed) => {
      array[index] = changed;
      run.run();
      return run.get(plan.logits)[LABEL];
    });
    array[index] = value;
    return (above - below) / (2 * DIFFERENCE);
  };
  return { run, parameters: network.parameters, input: plan.input, slope };
}

const layers = spatialLayers(resolved);
const biased = layers.filter(({ parameters }) => parameters.some(({ name }) => name === 'bias'));

describe('in a network of many kinds of layers', () => {
  test.each(biased.map((layer) => [layer.name, layer] as const))(
    'the gradients at %s add up to the slopes along the biases',
    (name, layer) => {
      const gradient = referenceGradient(layer);
      const { run, parameters, slope } = referenceLogit();
      const bias = parameters.get(`${name}.bias`);
      if (bias === undefined) throw new Error(`${name} has no bias`);
      const channels = layer.output.shape[2];
      for (let channel = 0; channel < channels; channel++) {
        const sum = gradient.filter((_, i) => i % channels === channel).reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo(slope(run.array(bias), channel), 6);
      }
    },
  );

  test('layers with biases are before, in, and between containers', () => {
    expect(biased.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['block.0', 'down.last.conv', 'down.shortcut.norm', '10.1']),
    );
  });

  test.each(layers.map((layer) => [layer.name, layer] as const))(
    'the WebAssembly kernels compute what the reference does at %s',
    async (_, layer) => {
      const gradients = await LayerGradients.create(resolved, mixed.weights, layer);
      // Nothing remains of an earlier image or class.
      gradients.of(
        pixels.map((value) => 1 - value),
        0,
      );
      const computed = gradients.of(pixels, LABEL);
      expect(computed.shape).toEqual(layer.output.shape);
      const expected = referenceGradient(layer);
      const largest = Math.max(...expected.map(Math.abs));
      expect(expected).toHaveLength(sizeOf(layer.output.shape));
      expected.forEach((value, i) => {
        expect(Math.abs(computed.gradients[i] - value)).toBeLessThan(1e-4 * largest);
      });
    },
  );

  describe('with respect to the image', () => {
    const coefficients = mixed.classes.map((_, label) => Number(label === LABEL));

    test('the gradient is the slope of the logit along each pixel', async () => {
      const gradients = await InputGradients.create(mixed);
      const computed = gradients.of(pixels, coefficients);
      const { run, input, slope } = referenceLogit();
      const image = run.array(input);
      const expected = Array.from(pixels.keys(), (i) => slope(image, i));
      const largest = Math.max(...expected.map(Math.abs));
      expect(largest).toBeGreaterThan(0);
      expected.forEach((value, i) => {
        expect(Math.abs(computed[i] - value)).toBeLessThan(1e-4 * largest);
      });
      expect(gradients.of(randomImages(mixed.model, 1), coefficients)).toEqual(computed);
      const doubled = gradients.of(
        pixels,
        coefficients.map((each) => -2 * each),
      );
      doubled.forEach((value, i) => {
        expect(value).toBeCloseTo(-2 * computed[i], 5);
      });
    });

    test.each([
      [
        new Float32Array(5),
        coefficients,
        'mixed: expected images of 9×11×3, 297 numbers each, got 5 numbers; pass',
      ],
      [
        randomImages(mixed.model, 2),
        coefficients,
        'mixed: expected the pixels of one image, got 2; pass one',
      ],
      [pixels, [1, 0], 'expected 3 finite numbers, one for each class, got 1, 0; use 0 for classes'],
      [pixels, [1, NaN, 0], 'expected 3 finite numbers, one for each class, got 1, NaN, 0; use 0'],
    ])('%#: wrong arguments are rejected', async (image, wrong, message) => {
      const gradients = await InputGradients.create(mixed);
      expect(() => gradients.of(image, wrong)).toThrow(message);
    });
  });
});
