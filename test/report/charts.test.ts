import { describe, expect, test } from 'vitest';
import { confusionChart } from '#inkling/report/charts/confusion.js';
import { curveChart } from '#inkling/report/charts/curves.js';
import { distributionChart } from '#inkling/report/charts/distribution.js';
import { drawChart } from '#inkling/report/draw/chart.js';
import { label, shorten } from '#inkling/report/draw/svg.js';

/** What is written in a drawing, and what its marks say. */
function wordsOf(svg: string) {
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  const marks = [...svg.matchAll(/aria-label="([^"]*)" role="graphics-symbol"/g)].map(([, text]) => text);
  return { texts, marks };
}

const options = { axis: 'loss', format: String, axisFormat: '~g' };
const curves = (count: number) =>
  ['training', 'validation'].map((title, i) => ({
    title,
    values: Array.from({ length: count }, (_, epoch) => 1 / (1 + epoch) + i),
  }));

describe('curves', () => {
  test('have a legend, named axes, a mark an epoch, and the best epoch', async () => {
    const { svg, width, height } = await drawChart(curveChart(curves(3), { ...options, bestEpoch: 2 }));
    const { texts, marks } = wordsOf(svg);
    expect(texts).toEqual(
      expect.arrayContaining(['training', 'validation', 'epoch', 'loss', '1', '2', '3', 'best epoch: 2']),
    );
    expect(marks).toEqual([
      ...['epoch 1, training: 1', 'epoch 2, training: 0.5', `epoch 3, training: ${1 / 3}`],
      ...['epoch 1, validation: 2', 'epoch 2, validation: 1.5', `epoch 3, validation: ${1 + 1 / 3}`],
    ]);
    expect(width).toBeGreaterThan(400);
    expect(height).toBeGreaterThan(200);
  });

  test('of one epoch are two marks', async () => {
    const { svg } = await drawChart(curveChart(curves(1), { ...options, bestEpoch: undefined }));
    const { texts, marks } = wordsOf(svg);
    expect(marks).toHaveLength(2);
    expect(texts.slice(0, texts.indexOf('epoch'))).toEqual(['1']);
    expect(svg).not.toContain('NaN');
  });
});

describe('a confusion matrix', () => {
  const confusion = [
    [8, 2],
    [0, 1],
  ];
  const address = (label: number, predicted: number) =>
    label === predicted ? undefined : `#from-${label}-${predicted}`;

  test('counts, and links to what is behind its cells', async () => {
    const chart = confusionChart(confusion, ['x', 'y'], { content: 'counts', addressOf: address });
    const { svg } = await drawChart(chart);
    const { texts, marks } = wordsOf(svg);
    expect(texts).toEqual(expect.arrayContaining(['8', '2', '1', 'true class', 'predicted class', 'x', 'y']));
    expect(texts).not.toContain('0');
    expect(marks.sort()).toEqual([
      'x taken for x: 8 images, 80.00 % of class x',
      'x taken for y: 2 images, 20.00 % of class x',
      'y taken for x: 0 images, 0.00 % of class y',
      'y taken for y: 1 image, 100.00 % of class y',
    ]);
    expect([...svg.matchAll(/xlink:href="([^"]*)"/g)].map(([, to]) => to)).toEqual([
      '#from-0-1',
      '#from-1-0',
    ]);
  });

  test('as shares, and of a network without mistakes', async () => {
    const addressOf = () => undefined;
    const shares = await drawChart(confusionChart(confusion, ['x', 'y'], { content: 'shares', addressOf }));
    expect(wordsOf(shares.svg).texts).toEqual(expect.arrayContaining(['80.0', '20.0', '100.0']));
    const faultless = [
      [3, 0],
      [0, 0],
    ];
    const { svg } = await drawChart(confusionChart(faultless, ['x', 'y'], { content: 'shares', addressOf }));
    expect(svg).not.toContain('NaN');
  });

  test('of many classes has no numbers in it', async () => {
    const classes = Array.from({ length: 30 }, (_, i) => `class ${i}`);
    const many = classes.map((_, y) => classes.map((_, x) => (x === y ? 4321 : 0)));
    const { svg } = await drawChart(
      confusionChart(many, classes, { content: 'counts', addressOf: () => undefined }),
    );
    expect(wordsOf(svg).texts).not.toContain('4321');
    expect(wordsOf(svg).marks).toHaveLength(900);
  });
});

test('class names are data, whatever they hold', async () => {
  const classes = ['"] + alert(1) + ["', "\\' \u2028 $"];
  const counts = { train: [1, 2], validation: [3, 4], test: [5, 6] };
  const { svg } = await drawChart(distributionChart(counts, classes));
  const { texts, marks } = wordsOf(svg);
  expect(marks).toHaveLength(6);
  expect(marks[0]).toBe('&quot;] + alert(1) + [&quot;: 1 training images');
  // Cut where there is no room for all of it.
  expect(texts.some((text) => /^("|&quot;)\] \+/.test(text))).toBe(true);
});

test('text in drawings is cut by letters, and escaped', () => {
  expect(shorten('abc', 3)).toBe('abc');
  expect(shorten('abcd', 3)).toBe('ab…');
  expect(shorten('🇩🇪👩‍👩‍👧é!', 3)).toBe('🇩🇪👩‍👩‍👧…');
  expect(label(1, 2, '<&>')).toContain('>&lt;&amp;&gt;</text>');
});
