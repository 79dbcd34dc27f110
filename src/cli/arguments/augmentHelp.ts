import type { Command } from 'commander';
import { augmentationSchema } from '../../plan/augmentation.js';

/** Lists at the end of a command's help what `--augment` can hold. */
export function addAugmentHelp(command: Command): void {
  const { shape } = augmentationSchema;
  const column = Math.max(...Object.keys(shape).map(({ length }) => length)) + 2;
  const lines = Object.entries(shape).map(
    ([name, { description = '' }]) => `  ${name.padEnd(column)}${description}`,
  );
  command.addHelpText(
    'after',
    ['', 'Augmentations, each at random for each image, such as shift=2,flip:', ...lines].join('\n'),
  );
}
