import { describe, expect, test } from 'vitest';
import { checkObject, checkOptions, checkValues } from '#inkling/core/arguments/checkOptions.js';
import * as kinds from '#inkling/core/arguments/kinds.js';
import { UsageError } from '#inkling/core/errors.js';

interface Options {
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly inputKind?: string | undefined;
}
const known = { threads: kinds.count, signal: kinds.signal, inputKind: kinds.oneOf(['digit', 'image']) };

function check(options: unknown): void {
  checkOptions<Options>('f', options as Options, known);
}

test('accepts options of the right kinds, and undefined ones', () => {
  check({});
  check({ threads: 2, signal: new AbortController().signal, inputKind: 'image' });
  check({ threads: undefined });
});

test.each([
  [null, 'expected options, got null'],
  ['fast', 'expected options, got a string'],
  [{ thread: 2 }, 'unknown option "thread" (did you mean "threads"?); expected threads, signal or inputKind'],
  [{ threads: 0 }, 'threads: expected a whole number of at least 1, got 0'],
  [{ threads: '2' }, 'threads: expected a whole number of at least 1, got "2"'],
  [{ threads: 'x'.repeat(41) }, 'threads: expected a whole number of at least 1, got a long string'],
  [{ signal: new AbortController() }, 'signal: expected an AbortSignal, got an AbortController'],
  [{ inputKind: true }, 'inputKind: expected digit or image, got true'],
])('says what is wrong with %j', (options, problem) => {
  expect(() => {
    check(options);
  }).toThrow(new UsageError(`f: ${problem}`));
});

test('shows an example of options that are needed', () => {
  expect(() => {
    checkObject('f', undefined, '{ seed: 0 }');
  }).toThrow(new UsageError('f: expected options, such as { seed: 0 }, got undefined'));
});

describe('checkValues', () => {
  test.each([
    [{ folder: '' }, 'folder: expected a path, as a string that is not empty, got ""'],
    [{ folder: undefined }, 'folder: expected a path, as a string that is not empty, got undefined'],
  ])('needs every value: %j', (values, problem) => {
    expect(() => {
      checkValues('f', values, { folder: kinds.path });
    }).toThrow(new UsageError(`f: ${problem}`));
  });
});

test.each<[keyof typeof kinds, unknown, unknown]>([
  ['iterable', [1], new Uint8Array(2)],
  ['iterable', new Set([1]), 'images'],
  ['callback', () => 0, {}],
  ['finiteNumber', 0.5, NaN],
  ['flag', false, 0],
  ['index', 0, -1],
  ['names', [], 'a'],
  ['object', {}, null],
  ['bytes', new Uint8Array(1), new ArrayBuffer(1)],
])('%s accepts %j, but not %j', (name, right, wrong) => {
  const kind = kinds[name];
  if (typeof kind === 'function') throw new Error(`${name} is not a kind`);
  expect([kind.accepts(right), kind.accepts(wrong)]).toEqual([true, false]);
});
