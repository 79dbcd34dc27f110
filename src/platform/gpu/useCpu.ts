import { option } from '../../core/optionName.js';

/** What else the user can do where a GPU cannot be used. */
export const USE_CPU = `use ${option('device')} cpu`;

/** What is wrong with a GPU, as its error says, without the advice to use the CPU. */
export function problemOf({ message }: Error): string {
  return message
    .replace(/^GPU: /, '')
    .split(USE_CPU)[0]
    .replace(/(; |, or )$/, '');
}
