import { expect, test } from 'vitest';
import { encodeInt8 } from '#inkling/core/base64.js';
import { InklingError } from '#inkling/core/errors.js';
import { VERSION } from '#inkling/core/version.js';
import type { Calibration } from '#inkling/interop/calibrationRecord.js';
import { encodeCheckpoint } from '#inkling/interop/checkpoint.js';
import { decodeCheckpoint } from '#inkling/interop/decodeCheckpoint.js';
import { encodeSafetensors } from '#inkling/interop/safetensors.js';
import { decodeSafetensors } from '#inkling/interop/decodeSafetensors.js';
import type { TrainingRecord } from '#inkling/interop/trainingRecord.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { saved, tiny } from './savedModels.js';
import { goldenFile, noGolden } from '../helpers/golden.js';

/** The file of the tiny model with a changed definition. */
function withDefinition(change: (definition: string) => string): Uint8Array {
  const { tensors, metadata } = decodeSafetensors(encodeCheckpoint(tiny), 'x');
  return encodeSafetensors(tensors, { ...metadata, inkling: change(metadata.inkling) });
}

test.each([tiny, saved(preset('report-cnn', { input: [28, 28, 1], classes: 10 }), '0123456789'.split(''))])(
  'preserves $model.name',
  (model) => {
    expect(decodeCheckpoint(encodeCheckpoint(model), 'x')).toEqual(model);
  },
);

test('encodes a decoded model to the same bytes', () => {
  // The names of its layers come last; in a file, they come first.
  const made = saved(preset('report-cnn', { input: [28, 28, 1], classes: 10 }), '0123456789'.split(''));
  const bytes = encodeCheckpoint(made);
  expect(Buffer.compare(encodeCheckpoint(decodeCheckpoint(bytes, 'x')), bytes)).toBe(0);
});

test('contains in its metadata what predictions need', () => {
  const { metadata } = decodeSafetensors(encodeCheckpoint(tiny), 'x');
  expect(Object.keys(metadata)).toEqual(['format', 'inkling']);
  expect(metadata.format).toBe('pt');
  expect(JSON.parse(metadata.inkling)).toEqual({
    version: VERSION,
    model: tiny.model,
    classes: ['cat', 'dög'],
    dataset: 'digits',
    preprocessing: { scale: '1/255' },
  });
});

const calibration: Calibration = {
  temperature: 1.5,
  threshold: 0.9,
  logSumExpThreshold: 3,
  familiarity: {
    prototypes: { layer: 'fc', size: 3, perClass: 2, scale: 0.01, values: encodeInt8(new Int8Array(12)) },
    logSumExpSpread: 1,
    distanceSpread: 2,
    threshold: -4,
  },
  coverage: 0.95,
  precision: 0.99,
  images: 100,
};
const training: TrainingRecord = {
  epochs: 5,
  selectedEpoch: 4,
  validationAccuracy: 0.98,
  testAccuracy: 0.97,
  seed: 7,
  version: VERSION,
  date: '2026-01-31',
};
const [layer] = resolveModel(tiny.model).allLayers.map(({ name }) => name);
const withLayer = (name: string): Calibration => ({
  ...calibration,
  familiarity: calibration.familiarity && {
    ...calibration.familiarity,
    prototypes: { ...calibration.familiarity.prototypes, layer: name },
  },
});

test('contains the calibration and how the model was trained, apart from its tensors', () => {
  const described = { ...tiny, calibration: withLayer(layer), training };
  const bytes = encodeCheckpoint(described);
  expect(decodeCheckpoint(bytes, 'x')).toEqual(described);
  const [plain, more] = [encodeCheckpoint(tiny), bytes].map((each) => decodeSafetensors(each, 'x'));
  expect(more.tensors).toEqual(plain.tensors);
  // Earlier versions, which are strict about this entry, read the file as well.
  expect(more.metadata.inkling).toBe(plain.metadata.inkling);
});

test('rejects the calibration of another model, and an invalid one', () => {
  expect(() => decodeCheckpoint(encodeCheckpoint({ ...tiny, calibration: withLayer('q') }), 'x')).toThrow(
    new InklingError(
      'x: calibration: expected 12 features of a layer of tiny, got 12 of the layer "q"; it belongs to another model: get a clean copy',
    ),
  );
  const { tensors, metadata } = decodeSafetensors(encodeCheckpoint({ ...tiny, training }), 'x');
  for (const [key, message] of [
    ['inkling.calibration', 'x: calibration: temperature: '],
    ['inkling.training', 'x: training: epochs: '],
  ]) {
    const file = encodeSafetensors(tensors, { ...metadata, [key]: '{"temperature":-1,"epochs":0}' });
    expect(() => decodeCheckpoint(file, 'x')).toThrow(message);
  }
});

test.each([
  ['ink', 'digit'],
  ['whole', 'image'],
])('reads the input kind of a model saved by an earlier version: %s', (pictureFit, inputKind) => {
  const file = withDefinition((json) => json.replace(/}$/, `,"pictureFit":"${pictureFit}"}`));
  expect(decodeCheckpoint(file, 'x')).toEqual({ ...tiny, inputKind });
});

test('rejects a number of classes other than the number of outputs', () => {
  const message = 'expected 2 class names, one for each output of the model tiny, got 1';
  expect(() => encodeCheckpoint({ ...tiny, classes: ['cat'] })).toThrow(new InklingError(`tiny: ${message}`));
  const file = withDefinition((definition) => definition.replace(',"dög"', ''));
  expect(() => decodeCheckpoint(file, 'x')).toThrow(new InklingError(`x: ${message}`));
});

test('explains how to import weights without a model', ({ skip }) => {
  const golden = goldenFile('report-seed-0.init.safetensors') ?? skip(noGolden);
  const { tensors } = decodeSafetensors(golden, 'x');
  for (const file of [golden, encodeSafetensors(tensors, { format: 'pt' })]) {
    expect(() => decodeCheckpoint(file, 'x')).toThrow(
      new InklingError(
        'x: expected a model saved by Inkling, got only weights; ' +
          'state their model with inkling import FILE --model NAME',
      ),
    );
  }
});

test.each([
  ['{', 'expected JSON; it is damaged, get a complete copy'],
  ['[]', 'expected an object, got an array'],
  ['{"version":"1","version":"2"}', 'has the key "version" twice; save it again'],
])('rejects the definition %s', (definition, problem) => {
  expect(() =>
    decodeCheckpoint(
      withDefinition(() => definition),
      'x',
    ),
  ).toThrow(new InklingError(`x: model definition: ${problem}`));
});

test.each([
  ['"1/255"', '"1"', 'x: model definition: preprocessing.scale: unknown value "1"; expected 1/255'],
  ['"outChannels":2', '"outChannels":-2', 'x: model definition: model.layers.0.outChannels: '],
  ['"kernel":3', '"kernel":9', '0 (conv2d): kernel 9×9 exceeds its 6×6 input'],
  [
    '"outFeatures":2',
    '"outFeatures":2000000000',
    'x: expected 2000000000 class names, one for each output of the model tiny, got 2',
  ],
  [
    '"outChannels":2',
    '"outChannels":2000000000',
    'x: expected the tensors of the model tiny; wrong type or shape: ',
  ],
])('rejects a definition with %s replaced by %s', (from, to, message) => {
  const file = withDefinition((definition) => definition.replace(from, to));
  expect(() => decodeCheckpoint(file, 'x')).toThrow(InklingError);
  expect(() => decodeCheckpoint(file, 'x')).toThrow(message);
});
