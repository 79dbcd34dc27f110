import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { parseJson, parseWrittenJson } from '#inkling/core/json.js';

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

test('limits how deep values are nested, without exhausting the stack', () => {
  expect(() => parseJson(nested(100), 'x.json')).not.toThrow();
  expect(parseJson('["[[", {"a": "{\\"["}]', 'x.json')).toEqual(['[[', { a: '{"[' }]);
  for (const levels of [101, 200_000]) {
    expect(() => parseJson(nested(levels), 'x.json')).toThrow(
      new InklingError('x.json: expected at most 100 levels of objects and arrays, got more; nest fewer'),
    );
  }
});

test('rejects text that is not JSON, and duplicate keys', () => {
  expect(() => parseJson('{', 'x.json')).toThrow('x.json: expected JSON; it is damaged, get a complete copy');
  expect(() => parseJson('[{"a": [1, {"b": 1}], "\\u0061": 2}]', 'x.json')).toThrow(
    'x.json: has the key "\\u0061" twice; save it again',
  );
});

test('says where text that somebody has written is not JSON', () => {
  expect(() => parseWrittenJson('{ "a": [1, 2 }', 'x.json')).toThrow(
    /^x\.json: is not valid JSON: .*position 13.*; check commas, quotes, and brackets$/,
  );
  expect(() => parseWrittenJson('{ "a": 1, "a": 2 }', 'x.json')).toThrow('x.json: has the key "a" twice');
});
