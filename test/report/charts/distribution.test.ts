import { expect, test } from 'vitest';
import { distributionChart } from '#inkling/report/charts/distribution.js';
import { drawChart } from '#inkling/report/draw/chart.js';
import { textOf } from '../../helpers/charts.js';

test('class names may contain any characters', async () => {
  const classes = ['"] + alert(1) + ["', "\\' \u2028 $"];
  const counts = { train: [1, 2], validation: [3, 4], test: [5, 6] };
  const { svg } = await drawChart(distributionChart(counts, classes));
  const { labels, marks } = textOf(svg);
  expect(marks).toHaveLength(6);
  expect(marks[0]).toBe('&quot;] + alert(1) + [&quot;: 1 training images');
  // Truncated if there is not enough room.
  expect(labels.some((label) => /^("|&quot;)\] \+/.test(label))).toBe(true);
});
