import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { layerTypes } from '#inkling/layers/index.js';
import { modelFrom } from '#inkling/models/document.js';
import { presetNames } from '#inkling/models/presets.js';

const document = readFileSync(fileURLToPath(new URL('../../docs/models.md', import.meta.url)), 'utf8');
const examples = [...document.matchAll(/```json\n([^]*?)```/g)].map(([, json]) => json);

test.each(examples)('the example %s is a model', (json) => {
  expect(modelFrom(JSON.parse(json), { input: [32, 32, 3], classes: 10 }).layers).not.toEqual([]);
});

test('there are examples, and every layer and preset is described', () => {
  expect(examples.length).toBeGreaterThan(2);
  const headings = [...document.matchAll(/^### (\w+)$/gm)].map(([, type]) => type);
  expect(headings).toEqual(layerTypes);
  for (const name of presetNames) expect(document).toContain(`| \`${name}\` |`);
});
