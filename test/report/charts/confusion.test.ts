import { describe, expect, test } from 'vitest';
import { confusionChart } from '#inkling/report/charts/confusion.js';
import { drawChart } from '#inkling/report/draw/chart.js';
import { textOf } from '../../helpers/charts.js';

describe('confusionChart', () => {
  const confusion = [
    [8, 2],
    [0, 1],
  ];
  const address = (label: number, predicted: number) =>
    label === predicted ? undefined : `#from-${label}-${predicted}`;

  test('shows counts and links the cells', async () => {
    const chart = confusionChart(confusion, ['x', 'y'], { content: 'counts', addressOf: address });
    const { svg } = await drawChart(chart);
    const { labels, marks } = textOf(svg);
    expect(labels).toEqual(
      expect.arrayContaining(['8', '2', '1', 'true class', 'predicted class', 'x', 'y']),
    );
    expect(labels).not.toContain('0');
    expect(marks.sort()).toEqual([
      'x predicted as x: 8 images, 80.00 % of class x',
      'x predicted as y: 2 images, 20.00 % of class x',
      'y predicted as x: 0 images, 0.00 % of class y',
      'y predicted as y: 1 image, 100.00 % of class y',
    ]);
    expect([...svg.matchAll(/xlink:href="([^"]*)"/g)].map(([, to]) => to)).toEqual([
      '#from-0-1',
      '#from-1-0',
    ]);
  });

  test('is small for few classes, and has a maximum size for many', async () => {
    const widthFor = async (count: number) => {
      const classes = Array.from({ length: count }, (_, label) => String(label));
      const matrix = classes.map(() => classes.map(() => 1));
      const chart = confusionChart(matrix, classes, { content: 'counts', addressOf: () => undefined });
      return (await drawChart(chart)).width;
    };
    expect(await widthFor(3)).toBeLessThan(300);
    const widths = [await widthFor(10), await widthFor(20)];
    expect(Math.min(...widths)).toBeGreaterThan(400);
    expect(Math.max(...widths)).toBeLessThan(500);
  });

  test('shows percentages, also if there are no errors', async () => {
    const addressOf = () => undefined;
    const percentages = await drawChart(
      confusionChart(confusion, ['x', 'y'], { content: 'percentages', addressOf }),
    );
    expect(textOf(percentages.svg).labels).toEqual(expect.arrayContaining(['80.0', '20.0', '100.0']));
    const withoutErrors = [
      [3, 0],
      [0, 0],
    ];
    const { svg } = await drawChart(
      confusionChart(withoutErrors, ['x', 'y'], { content: 'percentages', addressOf }),
    );
    expect(svg).not.toContain('NaN');
  });

  test('shows no text in the cells of many classes', async () => {
    const classes = Array.from({ length: 30 }, (_, i) => `class ${i}`);
    const many = classes.map((_, y) => classes.map((_, x) => (x === y ? 4321 : 0)));
    const { svg } = await drawChart(
      confusionChart(many, classes, { content: 'counts', addressOf: () => undefined }),
    );
    expect(textOf(svg).labels).not.toContain('4321');
    expect(textOf(svg).marks).toHaveLength(900);
  });

  test('of very many classes, shows only the cells with images, in their places', async () => {
    const classes = Array.from({ length: 300 }, (_, i) => `class ${i}`);
    const many = classes.map((_, y) => classes.map((_, x) => (x === 150 && y === 299 ? 2 : 0)));
    const { svg } = await drawChart(
      confusionChart(many, classes, { content: 'counts', addressOf: () => undefined }),
    );
    expect(textOf(svg).marks).toEqual([
      'class 299 predicted as class 150: 2 images, 100.00 % of class class 299',
    ]);
    // In a square of 400, of which a cell takes 1.33.
    expect(svg).toMatch(/M200,398\.66\d*h1\.33\d*v1\.33/);
  });
});
