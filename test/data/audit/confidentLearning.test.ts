import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { confidentLearning } from '#inkling/data/audit/confidentLearning.js';

/**
 * Random predictions of 150 images in four classes, of which 15 have a wrong label, and what cleanlab 2.9.0 computes from them: `get_confident_thresholds`,
 * `compute_confident_joint(calibrate=False)`, and `find_label_issues(filter_by="prune_by_class")`.
 */
const cleanlab = z
  .object({
    labels: z.array(z.int()),
    probabilities: z.array(z.number()),
    thresholds: z.array(z.number()),
    confidentJoint: z.array(z.array(z.int())),
    errors: z.array(z.int()),
  })
  .parse(JSON.parse(readFileSync(new URL('cleanlab.json', import.meta.url), 'utf8')));

test('finds what cleanlab finds', () => {
  const { labels, probabilities } = cleanlab;
  const found = confidentLearning({ labels, probabilities, classes: 4 });
  found.thresholds.forEach((threshold, label) => {
    expect(threshold).toBeCloseTo(cleanlab.thresholds[label], 12);
  });
  expect(found.confidentJoint).toEqual(cleanlab.confidentJoint);
  expect(found.errors.map(({ image }) => image).sort((a, b) => a - b)).toEqual(cleanlab.errors);
  const margins = found.errors.map(({ confidence, labelConfidence }) => confidence - labelConfidence);
  expect(margins).toEqual([...margins].sort((a, b) => b - a));
  for (const { image, label, suggested, confidence } of found.errors) {
    expect(label).toBe(labels[image]);
    const row = probabilities.slice(4 * image, 4 * image + 4);
    expect(confidence).toBe(Math.max(...row));
    expect(row.indexOf(confidence)).toBe(suggested);
  }
});

test('finds nothing where predictions agree with labels', () => {
  const found = confidentLearning({ labels: [0, 1], probabilities: [0.9, 0.1, 0.2, 0.8], classes: 2 });
  expect(found).toMatchObject({
    errors: [],
    noise: 0,
    confidentJoint: [
      [1, 0],
      [0, 1],
    ],
  });
});

test('rejects what does not fit together', () => {
  const call = (labels: number[], probabilities: number[]) => () =>
    confidentLearning({ labels, probabilities, classes: 2 });
  expect(call([0, 1], [1, 0])).toThrow(
    'confidentLearning: expected 2 labels × 2 classes = 4 probabilities, at least one, got 2; pass those of all labeled images',
  );
  expect(call([0, 2], [1, 0, 0, 1])).toThrow(
    'confidentLearning: labels[1]: expected the index of one of 2 classes, got 2; number the classes from 0',
  );
  expect(call([0, 0], [1, 0, 0, 1])).toThrow(
    'confidentLearning: expected images of each class, got none of class 1; leave it out of the classes',
  );
});
