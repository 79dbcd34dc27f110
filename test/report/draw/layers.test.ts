import { expect, test } from 'vitest';
import { preset } from '#inkling/models/presets.js';
import { drawLayers } from '#inkling/report/draw/layers.js';

const rowsOf = (svg: string) => [...svg.matchAll(/aria-label="([^"]*)"/g)].map(([, text]) => text);

test('a network has a row for each module', () => {
  const { svg } = drawLayers(preset('report-cnn', { input: [28, 28, 1], classes: 10 }));
  expect(rowsOf(svg)).toHaveLength(11);
  expect(rowsOf(svg)).toContain('Linear, 10, 20,490 parameters');
});

test('a deep network has a row for each group of modules', () => {
  const { svg, height } = drawLayers(preset('efficientnet-lite0', { input: [224, 224, 3], classes: 1000 }));
  const rows = rowsOf(svg);
  expect(rows).toHaveLength(14);
  expect(rows[0]).toBe('Input, 224×224×3, pixel values from 0 to 1');
  expect(rows[4]).toBe('_blocks.1 – _blocks.2, 2 blocks, 17 modules, 56×56×24, 13,968 parameters');
  expect(rows[11]).toBe('Global average pooling, 1×1×1280');
  expect(height).toBeLessThan(800);
});
