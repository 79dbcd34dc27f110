import { expect, test } from 'vitest';
import { listNames, unknownName } from '#inkling/core/suggest.js';

test.each<[name: string, known: string[], message: string]>([
  ['bset', ['best', 'fast'], 'unknown recipe "bset" (did you mean "best"?); expected best or fast'],
  ['BEST', ['best', 'fast'], 'unknown recipe "BEST" (did you mean "best"?); expected best or fast'],
  [
    'sweter',
    ['Shirt', 'Sweater'],
    'unknown recipe "sweter" (did you mean "Sweater"?); expected Shirt or Sweater',
  ],
  ['slow', ['best'], 'unknown recipe "slow"; expected best'],
  ['x', ['0', '1', '2'], 'unknown recipe "x"; expected 0, 1 or 2'],
  ['xy', ['ab', 'cd'], 'unknown recipe "xy"; expected ab or cd'],
  ['ax', ['ab', 'cd'], 'unknown recipe "ax" (did you mean "ab"?); expected ab or cd'],
  // Distances 3, 2 and 2: the first of the closest.
  [
    'kitten',
    ['sitting', 'mitte', 'bitte'],
    'unknown recipe "kitten" (did you mean "mitte"?); expected sitting, mitte or bitte',
  ],
  ['saturday', ['sunday'], 'unknown recipe "saturday"; expected sunday'],
  ['saturdays', ['wednesdays'], 'unknown recipe "saturdays"; expected wednesdays'],
  ['epocs', ['epochs', 'steps'], 'unknown recipe "epocs" (did you mean "epochs"?); expected epochs or steps'],
])('the error for the unknown name %s of %j', (name, known, message) => {
  expect(unknownName('recipe', name, known)).toBe(message);
});

test('the error can say where the names are listed', () => {
  const message = 'unknown run "a-11" (did you mean "a-1"?); "inkling runs" lists the runs';
  expect(unknownName('run', 'a-11', ['a-1'], '"inkling runs" lists the runs')).toBe(message);
});

test('a long list is cut', () => {
  const names = Array.from({ length: 1000 }, (_, index) => `class ${index}`);
  expect(listNames(names.slice(0, 50))).toMatch(/, class 48 or class 49$/);
  expect(listNames(names)).toMatch(/, class 48, class 49 or one of 950 more$/);
});
