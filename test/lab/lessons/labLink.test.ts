import { expect, test } from 'vitest';
import { parseRoute } from '../../../src/components/route.js';
import { hrefOfLesson, linkTo, parseLink } from '../../../src/lab/lessons/labLink.js';
import { LESSONS } from '../../../src/lab/lessons/lessons.js';

test.each([
  ['', [''], ''],
  ['#training', ['training'], ''],
  ['#training?preset=mlp&epochs=5', ['training'], 'preset=mlp&epochs=5'],
  ['#lesson=2', [''], 'lesson=2'],
  ['#runs/a%2Fb%3D1', ['runs', 'a/b=1'], ''],
  ['#runs/100%', ['runs', '100%'], ''],
])('the fragment "%s" has the parts %j and the query "%s"', (fragment, parts, query) => {
  expect(parseRoute(fragment)).toEqual({ parts, query });
});

test('a link sets what was put into it', () => {
  const content = {
    lesson: LESSONS[1],
    preset: 'lenet5',
    settings: { epochs: 7, learningRate: 0.03, batchSize: 8, varied: true },
  } as const;
  const { parts, query } = parseRoute(linkTo('training', content));
  expect(parts).toEqual(['training']);
  expect(parseLink(query)).toEqual({ ...content, problems: [] });
  expect(linkTo('training', {})).toBe('#training');
  expect(linkTo('training', { settings: { gpu: true } })).toBe('#training');
  expect(parseLink('')).toEqual({ problems: [] });
});

test('the link to a lesson opens it', () => {
  for (const lesson of LESSONS) {
    expect(parseLink(parseRoute(hrefOfLesson(lesson)).query).lesson).toBe(lesson);
  }
});

test.each([
  ['lesson=0', 'lesson: expected a whole number from 1 to 8, got “0”'],
  ['lesson=1.5', 'lesson: expected a whole number from 1 to 8, got “1.5”'],
  [
    'preset=vgg',
    'preset: expected one of report-cnn, mlp, lenet5, report-cnn-dropout, resnet-small, got “vgg”',
  ],
  ['epochs=1001', 'epochs: expected a whole number from 1 to 1,000, got “1001”'],
  ['epochs=1e2', 'epochs: expected a whole number from 1 to 1,000, got “1e2”'],
  ['epochs=', 'epochs: expected a whole number from 1 to 1,000, got “”'],
  ['learningRate=9', 'learningRate: expected one of 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, got “9”'],
  ['varied=yes', 'varied: expected one of true, false, got “yes”'],
  ['constructor=1', 'constructor: expected one of lesson, preset, epochs, learningRate, batchSize, varied'],
])('says what is wrong with "%s", and keeps the rest', (query, problem) => {
  expect(parseLink(`${query}&batchSize=4`)).toEqual({ settings: { batchSize: 4 }, problems: [problem] });
});
