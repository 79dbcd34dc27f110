import { expect, test } from 'vitest';
import { nameFlags, option } from '#inkling/core/optionName.js';
import { withFlags } from '#inkling/cli/arguments/flagNames.js';

test('programs read the name of an option, and the command line its flag', () => {
  const message = `make images smaller with ${option('imageSize')} 64`;
  expect(message).toBe('make images smaller with the option imageSize 64');
  expect(withFlags(message)).toBe('make images smaller with --image-size 64');
  expect(withFlags(`lower ${option('learningRate')}`)).toBe('lower --lr');
  expect(withFlags(`choose another one with ${option('port')}`)).toBe('choose another one with --port');
});

test('what is no option remains as it is', () => {
  expect(withFlags('the option wings of the option of it')).toBe('the option wings of the option of it');
  expect(nameFlags('the options epochs', () => '--x')).toBe('the options epochs');
});
