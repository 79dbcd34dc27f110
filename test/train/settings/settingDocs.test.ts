import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FILE, settingDocs } from '../../../scripts/settings.js';

test('the declarations of settings have the texts of the help', () => {
  const text = readFileSync(new URL(`../../../${FILE}`, import.meta.url), 'utf8');
  expect(text, 'npm run readme').toBe(settingDocs());
  expect(text).toContain('  /** Number of epochs. Default: `5`. */\n  readonly epochs?: unknown;\n');
});

test('texts name settings and values as in JavaScript', () => {
  const text = settingDocs();
  expect(text).toContain('With `fineTune`: also train the batch normalization');
  expect(text).toContain('such as `{ shift: 2, rotate: 10, flip: true }`.');
  expect(text).toContain("such as `[ 'layer1', 'layer2' ]`.");
});
