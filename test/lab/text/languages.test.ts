import { afterAll, describe, expect, test } from 'vitest';
import { LESSONS } from '../../../src/lab/lessons/lessons.js';
import { withNames } from '../../../src/lab/lessons/names.js';
import { en } from '../../../src/lab/text/en.js';
import { withFixedSpaces } from '../../../src/lab/text/fixedSpaces.js';
import { LANGUAGES, languageOf } from '../../../src/lab/text/language.js';
import { replaceText } from '../../../src/lab/text/text.js';

afterAll(() => {
  replaceText(en);
});

/** The paths of all texts; those of a list have its positions. */
function pathsOf(texts: object, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? pathsOf(value, `${prefix}${key}.`) : `${prefix}${key}`,
  );
}

describe.each(Object.values(LANGUAGES))('in $name', ({ load }) => {
  test('there are the same texts as in English, and none is empty', async () => {
    const texts = await load();
    expect(pathsOf(texts).sort()).toEqual(pathsOf(en).sort());
    expect(JSON.stringify(texts)).not.toMatch(/""/);
  });

  test('lessons call buttons and views what the page does', async () => {
    const texts = await load();
    replaceText(texts);
    for (const { id, steps } of LESSONS) {
      const { question, steps: sentences, observe } = texts.lessons.all[id];
      expect(sentences.length).toBe(steps.length);
      for (const sentence of [question, ...sentences, observe, texts.teacher.sheet.address])
        expect(withNames(sentence)).not.toMatch(/[{}]/);
    }
    expect(withNames('{training.start}')).toBe(texts.lessons.quote(texts.training.start));
    expect(() => withNames('{training.finish}')).toThrow(
      'expected the path of a text, got "training.finish"',
    );
  });

  test('what a lesson has shown contains the numbers of both trainings', async () => {
    const texts = await load();
    const numbers = (value: number) => ({
      training: value,
      validation: value,
      images: 60,
      learningRate: 0.01,
    });
    for (const { id } of LESSONS) {
      const message = texts.lessons.all[id].seen(numbers(0.4567), numbers(0.8912));
      expect(message).toMatch(/45[.,]7/);
      expect(message).toMatch(/89[.,]1/);
    }
  });
});

test('lines break neither in dimensions, nor before units, nor in abbreviations', () => {
  const texts = {
    hint: '28 × 28 pixels',
    list: ['Drücke × in', 'z. B. 3 Stunden', 'Gespeichert …'],
    nested: { speed: (n: number) => `${n} s per epoch, ${n} steps, 97.3 %` },
  };
  const { hint, list, nested } = withFixedSpaces(texts);
  expect(hint).toBe('28\u00a0×\u00a028 pixels');
  expect(list).toEqual(['Drücke\u00a0× in', 'z.\u00a0B. 3 Stunden', 'Gespeichert\u00a0…']);
  expect(nested.speed(2)).toBe('2\u00a0s per epoch, 2 steps, 97.3\u00a0%');
});

test.each([
  ['de-AT', 'de'],
  ['fa', 'fa'],
  ['fr', undefined],
  ['', undefined],
])('the language of "%s" is %s', (code, language) => {
  expect(languageOf(code)).toBe(language);
});
