import { describe, expect, test } from 'vitest';
import { curveChart } from '#inkling/report/charts/curves.js';
import { drawChart } from '#inkling/report/draw/chart.js';
import { textOf } from '../../helpers/charts.js';

const options = { axis: 'loss', format: String };
const curves = (count: number) =>
  ['training', 'validation'].map((title, i) => ({
    title,
    values: Array.from({ length: count }, (_, epoch) => 1 / (1 + epoch) + i),
  }));

describe('curveChart', () => {
  test('shows a legend, axis titles, a mark per epoch and the best epoch', async () => {
    const { svg, width, height } = await drawChart(curveChart(curves(3), { ...options, bestEpoch: 2 }));
    const { labels, marks } = textOf(svg);
    expect(labels).toEqual(
      expect.arrayContaining(['training', 'validation', 'epoch', 'loss', '1', '2', '3', 'best epoch: 2']),
    );
    expect(marks).toEqual([
      ...['epoch 1, training: 1', 'epoch 2, training: 0.5', `epoch 3, training: ${1 / 3}`],
      ...['epoch 1, validation: 2', 'epoch 2, validation: 1.5', `epoch 3, validation: ${1 + 1 / 3}`],
    ]);
    expect(width).toBeGreaterThan(400);
    expect(height).toBeGreaterThan(200);
  });

  test('labels 100 in decimal notation', async () => {
    const percentages = curves(2).map(({ title, values }) => ({
      title,
      values: values.map((value) => 50 * value),
    }));
    const { svg } = await drawChart(curveChart(percentages, { ...options, bestEpoch: undefined }));
    expect(textOf(svg).labels).toContain('100');
  });

  test('shows two marks for a single epoch', async () => {
    const { svg } = await drawChart(curveChart(curves(1), { ...options, bestEpoch: undefined }));
    const { labels, marks } = textOf(svg);
    expect(marks).toHaveLength(2);
    expect(labels.slice(0, labels.indexOf('epoch'))).toEqual(['1']);
    expect(svg).not.toContain('NaN');
  });
});
