import { expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { byteLayer, denseLayer } from '#inkling/predict/detector/network.js';
import { decodeWeights, encodeWeights, MAX_WEIGHT } from '#inkling/predict/detector/storedLayer.js';

const random = new Random(1);
const whole = (least: number, most: number) => Math.floor(random.uniform(least, most + 1));

test('weights take 5 bits each, and are restored', () => {
  const weights = Int8Array.from({ length: 1001 }, () => whole(-MAX_WEIGHT, MAX_WEIGHT));
  const text = encodeWeights(weights);
  expect(atob(text)).toHaveLength(Math.ceil((1001 * 5) / 8));
  expect(decodeWeights(text, 1001)).toEqual(weights);
  const extremes = Int8Array.of(MAX_WEIGHT, -MAX_WEIGHT, 0);
  expect(decodeWeights(encodeWeights(extremes), 3)).toEqual(extremes);
});

test.each([
  ['random', () => whole(-MAX_WEIGHT, MAX_WEIGHT), () => (whole(0, 2) === 0 ? 0 : whole(0, 255))],
  ['largest', () => MAX_WEIGHT, () => 255],
  ['smallest', () => -MAX_WEIGHT, () => 255],
])('a layer on bytes computes exact sums of %s weights', (_, weight, byte) => {
  const [inputs, outputs] = [420, 21];
  const weights = Int8Array.from({ length: inputs * outputs }, weight);
  const scales = Array.from({ length: outputs }, () => whole(1, 9));
  const biases = Array.from({ length: outputs }, () => whole(-9, 9));
  const layerWeights = { weights, scales, biases };
  const bytes = Uint8ClampedArray.from({ length: inputs }, byte);
  const expected = biases.map((bias, output) =>
    bytes.reduce((sum, value, i) => sum + scales[output] * value * weights[output * inputs + i], bias),
  );
  const layer = byteLayer(layerWeights, inputs);
  expect([...layer(bytes)]).toEqual(expected);
  // Again: nothing remains of the last image.
  expect([...layer(new Uint8ClampedArray(inputs))]).toEqual(biases);
  expect([...denseLayer(layerWeights, inputs)(Float64Array.from(bytes))]).toEqual(expected);
});
