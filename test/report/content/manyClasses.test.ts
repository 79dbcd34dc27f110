import { expect, test } from 'vitest';
import { classMetricsSubsection } from '#inkling/report/content/results/classMetrics.js';
import { spreadClasses } from '#inkling/report/content/shownClasses.js';
import { trainForReport } from '../../helpers/reportRuns.js';

const runs = trainForReport();

test('of many classes, the report shows those with the lowest F1 scores', () => {
  const { test: metrics, saved, ...run } = runs().cnn;
  const perClass = Array.from({ length: 300 }, (_, label) => ({
    precision: 1,
    recall: 1,
    f1: 1 - label / 1000,
    support: 5,
  }));
  const classes = perClass.map((_, label) => `class ${label}`);
  const section = classMetricsSubsection({
    ...run,
    test: { ...metrics, perClass },
    saved: { ...saved, classes },
  });
  const table = section.blocks.find((block) => block.type === 'table');
  expect(table?.rows.map(([[name]]) => name)).toEqual(classes.slice(-40).reverse());
  expect(JSON.stringify(table?.caption)).toContain('the 40 classes with the lowest F1 score, of 300');
});

test('example images are of classes from all of the list', () => {
  const labels = [...Array(300).keys()];
  const shown = spreadClasses(labels);
  expect(shown).toHaveLength(40);
  expect([shown[0], shown[39]]).toEqual([0, 292]);
  expect(spreadClasses([3, 5])).toEqual([3, 5]);
});
