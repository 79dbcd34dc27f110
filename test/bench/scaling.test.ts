import { expect, test } from 'vitest';
import { fitPowerLaw } from '../../bench/scaling/fit.js';
import { scalingChart } from '../../bench/scaling/chart.js';
import { scalingSection } from '../../bench/scaling/section.js';
import { seriesOf } from '../../bench/scaling/series.js';
import type { Row } from '../../bench/results.js';
import { networkResults } from './networkRows.js';

/** A row of training the report's network, by default 1 ms per image. */
function row(changes: Partial<Row>): Row {
  return {
    ...{ system: 'Inkling', family: 'Inkling', task: 'training by images', batch: 64, threads: 2 },
    ...{ width: 1, images: 4096, imagesPerSecond: 1000, median: 0.064, spread: 0, rounds: 7 },
    ...{ startSeconds: 1, peakMegabytes: 100 },
    ...changes,
  };
}

test('least squares of the logarithms finds the exponent of a power law', () => {
  const points = [1, 2, 4, 8].map((x) => ({ x, cost: 3 * x ** 1.5 }));
  const { exponent, factor } = fitPowerLaw(points);
  expect(exponent).toBeCloseTo(1.5, 10);
  expect(factor).toBeCloseTo(3, 10);
  // Both ends are twice as expensive, which does not change the slope.
  const noisy = [1, 2, 4].map((x, i) => ({ x, cost: x * [2, 1, 2][i] }));
  expect(fitPowerLaw(noisy).exponent).toBeCloseTo(1, 10);
});

test('costs are those of an epoch, of a step and of an image', () => {
  const series = seriesOf([
    row({ images: 1000 }),
    row({ images: 10_000, imagesPerSecond: 500 }),
    row({ task: 'training by side', side: 28 }),
    row({ task: 'training by side', side: 56, imagesPerSecond: 250 }),
    row({ task: 'training by threads', threads: 1 }),
  ]);
  expect(series.map(({ by }) => by)).toEqual(['images', 'side']);
  expect(series[0].points).toEqual([
    { x: 1000, cost: 1 },
    { x: 10_000, cost: 20 },
  ]);
  expect(series[1].fit.exponent).toBeCloseTo(2, 10);
  // Padding of two pixels: relatively less work for larger images.
  expect(series[1].multiplyAdds).toBeGreaterThan(1.7);
  expect(series[1].multiplyAdds).toBeLessThan(2);
});

test('the section explains a departure from proportional cost, and only that', () => {
  const rows = [
    row({ images: 1000 }),
    row({ images: 10_000 }),
    row({ task: 'training by threads', threads: 1 }),
    row({ task: 'training by threads', threads: 2, imagesPerSecond: 1800 }),
  ];
  const results = { ...networkResults('24.1.0', { rows: [], memory: [] }), rows };
  const text = scalingSection([{ file: 'bench/results/test.json', results }]);
  expect(text).toContain('| 1,000: 1.00 s, 10,000: 10.0 s | 1.00 | 1.00 |');
  expect(text).toContain('Images in the data set: exponent 1.00, so that the cost is proportional.');
  expect(text).toContain('Threads: exponent −0.85 instead of −1.00, because threads wait');
});

test('there is no section without measurements', () => {
  const results = { ...networkResults('24.1.0', { rows: [], memory: [] }), rows: [row({})] };
  expect(scalingSection([{ file: 'bench/results/test.json', results }])).toBe('');
});

test('the chart has a panel for each series', async () => {
  const rows = [
    row({ images: 1000 }),
    row({ images: 10_000 }),
    row({ task: 'training by side', side: 28 }),
    row({ task: 'training by side', side: 56, imagesPerSecond: 250 }),
  ];
  const svg = await scalingChart(seriesOf(rows));
  expect(svg).toContain('images in the data set');
  expect(svg).toContain("pixels of an image's side");
  expect(svg).not.toContain('parameters');
  expect(svg).not.toContain('var(--');
});
