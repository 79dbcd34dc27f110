import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as errors from '#inkling/core/errors.js';

const classes = Object.values(errors)
  .filter((value) => typeof value === 'function')
  .filter((value) => Object.create(value.prototype ?? null) instanceof Error);

test('every class has its own code, and the documented one', () => {
  const documented = [
    ...readFileSync(new URL('../../docs/library.md', import.meta.url), 'utf8').matchAll(
      /^\| `(\w+Error)` +\| `([\w-]+)` +\|/gm,
    ),
  ].map(([, name, code]) => [name, code]);
  const actual = classes.map((Class) => {
    const error = Reflect.construct(Class, ['message']) as errors.InklingError;
    return [error.name, error.code];
  });
  expect(actual.length).toBeGreaterThan(5);
  expect(new Set(actual.map(([, code]) => code)).size).toBe(actual.length);
  expect(documented.sort()).toEqual(actual.sort());
  expect(actual.map(([, code]) => code).sort()).toEqual([...errors.ERROR_CODES].sort());
});
