import { expect, test } from 'vitest';
import { backboneNames } from '#inkling/backbones/backboneNames.js';
import { backbones } from '#inkling/backbones/catalog.js';
import { presetNames } from '#inkling/models/presets.js';

test.each(backbones)('$name has a preset, and a file that can be verified', ({ name, file, urls }) => {
  expect(presetNames).toContain(name);
  expect(file.sha256).toMatch(/^([0-9a-f]{8}|[0-9a-f]{64})$/);
  // The first digits are in the names of files, as PyTorch's hub expects.
  expect(file.name).toMatch(new RegExp(`-${String(file.sha256).slice(0, 8)}\\.pth$`));
  expect(urls.length).toBeGreaterThan(0);
  for (const url of urls) expect(new URL(url).protocol).toBe('https:');
});

test('no two backbones have the same name or file', () => {
  expect(new Set(backbones.map(({ name }) => name)).size).toBe(backbones.length);
  expect(new Set(backbones.map(({ file }) => file.name)).size).toBe(backbones.length);
});

test('every name has an entry', () => {
  expect(backbones.map(({ name }) => name)).toEqual(backboneNames);
});
