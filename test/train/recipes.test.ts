import { expect, test } from 'vitest';
import { UsageError } from '#inkling/core/errors.js';
import { presetNames } from '#inkling/models/presets.js';
import { parseConfig } from '#inkling/train/config.js';
import { recipe, recipeFor, recipeNames } from '#inkling/train/recipes.js';

test('the report’s recipe equals the default settings', () => {
  for (const shape of [
    [28, 28, 1],
    [32, 32, 3],
  ]) {
    expect(parseConfig(recipeFor('report', shape))).toEqual(parseConfig({}));
  }
});

test.each(recipeNames)('the settings of %s are valid, and its model exists', (name) => {
  const { gray, color, description } = recipe(name);
  expect(description).toMatch(/\w/);
  for (const settings of [gray, color]) expect(presetNames).toContain(parseConfig(settings).model);
});

test('the number of image channels selects the settings', () => {
  expect(recipeFor('best', [28, 28, 1])).toBe(recipe('best').gray);
  expect(recipeFor('best', [32, 32, 3])).toBe(recipe('best').color);
});

test('an unknown name is rejected with a suggestion', () => {
  expect(() => recipe('bst')).toThrow(
    new UsageError('unknown recipe "bst" (did you mean "best"?); expected report, fast or best'),
  );
});
