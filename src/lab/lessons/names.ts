import { text } from '../text/text.js';

/** Replaces `{training.start}` by the name of that button in quotation marks, so that a lesson calls it what the page does. */
export function withNames(sentence: string): string {
  return sentence.replace(/\{([\w.-]+)\}/g, (_, path: string) => text.lessons.quote(nameOf(path)));
}

function nameOf(path: string): string {
  let found: unknown = text;
  for (const key of path.split('.')) {
    found =
      typeof found === 'object' && found !== null
        ? Object.getOwnPropertyDescriptor(found, key)?.value
        : undefined;
  }
  if (typeof found !== 'string') throw new Error(`expected the path of a text, got "${path}"`);
  return found;
}
