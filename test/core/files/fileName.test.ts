import { expect, test } from 'vitest';
import { FILE_NAME, fileNameFrom } from '#inkling/core/files/fileName.js';

test.each([
  ['report-cnn-mnist', 'report-cnn-mnist'],
  ['Ünet-small', 'Ünet-small'],
  ['U\u0308net', 'Ünet'],
  ['数字-網路', '数字-網路'],
  ['हिन्दी', 'हिन्दी'],
  ['my net (2)-pets', 'my-net-2--pets'],
  ['--seed', 'seed'],
  ['..', '_'],
  ['.hidden', 'hidden'],
  ['../up', 'up'],
  ['', '_'],
  ['CON', '_CON'],
  ['nul.tiny', '_nul.tiny'],
  ['console', 'console'],
])('%j becomes %j', (text, name) => {
  expect(fileNameFrom(text)).toBe(name);
  expect(name).toMatch(FILE_NAME);
});

test('long names are cut off between characters', () => {
  expect(fileNameFrom('a'.repeat(300))).toBe('a'.repeat(200));
  expect(fileNameFrom('數'.repeat(100))).toBe('數'.repeat(66));
});

test.each(['-a', '.a', 'a/b', 'a\\b', 'a b', '', 'a\n', '..'])('%j is not a name', (name) => {
  expect(name).not.toMatch(FILE_NAME);
});
