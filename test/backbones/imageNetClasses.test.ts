import { expect, test } from 'vitest';
import { imageNetClasses } from '#inkling/backbones/imageNetClasses.js';

test('there are 1,000 different names, in the order of the outputs', () => {
  expect(new Set(imageNetClasses).size).toBe(1000);
  expect(imageNetClasses).toHaveLength(1000);
  for (const name of imageNetClasses) expect(name).toMatch(/^[A-Za-z][A-Za-z' .-]*[A-Za-z]$/);
  const expected = {
    0: 'tench',
    134: 'crane bird',
    282: 'tiger cat',
    517: 'crane',
    657: 'missile',
    698: 'palace',
    967: 'espresso',
    985: 'daisy',
    999: 'toilet tissue',
  };
  for (const [label, name] of Object.entries(expected)) expect(imageNetClasses[Number(label)]).toBe(name);
});
