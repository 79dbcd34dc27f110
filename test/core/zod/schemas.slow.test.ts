import { isDeepStrictEqual } from 'node:util';
import { expect, test, vi } from 'vitest';
import * as replacement from '../../../src/core/zod/index.browser.js';

/** The modules of the library that validate, with Zod or with what replaces it in browsers. */
async function load(isReplaced: boolean) {
  vi.resetModules();
  for (const name of ['zod/mini', 'zod/v4/core', 'zod/v4/locales/en.js'])
    if (isReplaced) vi.doMock(name, () => ({ ...replacement }));
    else vi.doUnmock(name);
  const { validate } = await import('../../../src/core/validate.js');
  const { configSchema } = await import('../../../src/train/config.js');
  const { modelSchema } = await import('../../../src/models/model.js');
  const { documentSchema, modelFrom } = await import('../../../src/models/document.js');
  const { calibrationSchema } = await import('../../../src/interop/calibrationRecord.js');
  const { trainingRecordSchema } = await import('../../../src/interop/trainingRecord.js');
  const { parseFitSettings } = await import('../../../src/train/settings/fitSettings.js');
  const { parseHeader } = await import('../../../src/interop/safetensorsHeader.js');
  const { classificationMetricsSchema } = await import('../../../src/train/metrics.js');
  const schemas = {
    config: configSchema,
    model: modelSchema,
    document: documentSchema,
    calibration: calibrationSchema,
    training: trainingRecordSchema,
    metrics: classificationMetricsSchema,
  };
  return {
    parse: (name: keyof typeof VALUES, value: unknown) =>
      outcomeOf(() => {
        if (name === 'file') return parseHeader(safetensorsFile(value), name);
        if (name === 'settings') return parseFitSettings(value, {});
        if (name === 'layers') return modelFrom(value, { input: [28, 28, 1], classes: 10 });
        return validate(schemas[name], value, name);
      }),
  };
}

/** A file with this header, and one tensor of two values. */
function safetensorsFile(header: unknown): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(BigUint64Array.of(BigInt(text.length)).buffer);
  return Uint8Array.of(...length, ...text, ...new Uint8Array(8));
}

function outcomeOf(parse: () => unknown): unknown {
  try {
    return { value: parse() };
  } catch (error) {
    return { error: String(error) };
  }
}

const ODD_VALUES = [
  ...[undefined, null, true, 0, 1, 7, -1, 0.5, 1e9, 1e300, -1e300, NaN, Infinity, -Infinity],
  ...[
    '',
    'x',
    'classes',
    'balanced',
    'flatten',
    '2026-02-30',
    '2028-02-29',
    'AAA',
    'AAAA',
    'A A=',
    '\u{1F600}',
  ],
  ...[
    [],
    [1],
    [1, 2],
    [1, 2, 3],
    [1, 2, 3, 4],
    ['a'],
    [null],
    [[]],
    {},
    { type: 'relu' },
    { length: 0 },
    Object.create(null),
  ],
  ...[new Date(0), new Map(), () => 1, 5n, Symbol.iterator],
];

/** Variants of a value in which one part is odd, missing, or added. */
function* variantsOf(value: unknown): Generator {
  yield value;
  yield* ODD_VALUES;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      for (const variant of variantsOf(item)) yield value.with(index, variant);
  } else if (typeof value === 'object' && value !== null) {
    yield { ...value, unknown: 1 };
    yield { ...value, ['un"known']: 1, another: 2 };
    yield JSON.parse(JSON.stringify(value).replace('{', '{"__proto__":1,'));
    for (const [key, item] of Object.entries(value)) {
      yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
      yield {
        [`${key}s`]: item,
        ...Object.fromEntries(Object.entries(value).filter(([other]) => other !== key)),
      };
      for (const variant of variantsOf(item)) yield { ...value, [key]: variant };
    }
  }
}

const layers = [
  { type: 'conv2d', outChannels: 4, kernel: [3, 3], bias: false },
  { type: 'residual', layers: [{ type: 'dropout', probability: 0.5 }] },
  { type: 'flatten' },
  { type: 'linear', outFeatures: 10 },
];
const detector = { version: '1', marginSpread: 2 };
const prototypes = { layer: 'relu', size: 3, perClass: 1, scale: 0.1, values: 'AAAA' };
const familiarity = { prototypes, logSumExpSpread: 1, distanceSpread: 1, detector, threshold: -1 };
const calibration = { temperature: 1, threshold: 0.5, coverage: 1, precision: 1, images: 10, familiarity };

const VALUES = {
  config: {
    epochs: 2,
    optimizer: 'sgd',
    classWeights: [1, 2],
    freeze: ['a'],
    tta: { flip: true },
    split: 'random',
  },
  model: { name: 'm', input: [28, 28, 1], layers, probesWithZeros: false },
  settings: { epochs: 2, seed: 1, augment: { shift: 1 } },
  document: { name: 'm', layers: [1] },
  calibration: { ...calibration, logSumExpThreshold: 1 },
  training: {
    ...{
      epochs: 3,
      selectedEpoch: 2,
      validationAccuracy: 0.5,
      testAccuracy: 1,
      testMacroF1: 1,
      seed: 0,
      version: '1',
    },
    date: '2026-11-29',
  },
  metrics: {
    ...{
      accuracy: 0.5,
      macroF1: 0.5,
      loss: 1,
      correct: 1,
      total: 2,
      confusion: [
        [1, 0],
        [1, 2],
      ],
    },
    perClass: [{ precision: 1, recall: 1, f1: 1, support: 1 }],
  },
  layers: { layers },
  file: { __metadata__: { a: 'b' }, weight: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } },
} as const;

test('what replaces Zod in browsers has the same results and messages', async () => {
  const [withZod, inBrowsers] = [await load(false), await load(true)];
  for (const [name, value] of Object.entries(VALUES) as [keyof typeof VALUES, unknown][]) {
    expect(withZod.parse(name, value), name).toHaveProperty('value');
    for (const variant of variantsOf(value)) {
      const [actual, expected] = [inBrowsers.parse(name, variant), withZod.parse(name, variant)];
      if (!isDeepStrictEqual(actual, expected)) expect(actual, name).toStrictEqual(expected);
    }
  }
});

test('a property that may be absent, but not undefined, is judged as by Zod', async () => {
  const zod = await vi.importActual<typeof import('zod/mini')>('zod/mini');
  const codesOf = (issues: readonly { readonly code?: string }[] | undefined) =>
    issues?.map(({ code }) => code);
  for (const value of [{}, { a: 1 }, { a: undefined }, { a: 'x' }, { b: 1 }]) {
    const expected = zod.strictObject({ a: zod.exactOptional(zod.number()) }).safeParse(value);
    const { strictObject, exactOptional, number, safeParse } = replacement;
    const result = safeParse(strictObject({ a: exactOptional(number()) }), value);
    expect(result.success).toBe(expected.success);
    expect(codesOf(result.success ? undefined : result.error.issues)).toEqual(
      codesOf(expected.error?.issues),
    );
    if (result.success) expect(result.data).toEqual(expected.data);
  }
});
