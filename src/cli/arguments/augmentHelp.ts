import type { Command } from 'commander';
import { globalRegistry } from 'zod';
import { augmentationSchema } from '../../plan/augmentation.js';

/** Lists the augmentations at the end of a command's help. */
export function addAugmentHelp(command: Command): void {
  const { shape } = augmentationSchema;
  const column = Math.max(...Object.keys(shape).map(({ length }) => length)) + 2;
  const lines = Object.entries(shape).map(
    ([name, schema]) => `  ${name.padEnd(column)}${globalRegistry.get(schema)?.description ?? ''}`,
  );
  command.addHelpText(
    'after',
    ['', 'Augmentations, applied at random to each image, such as shift=2,flip:', ...lines].join('\n'),
  );
}
