import { InklingError } from './errors.js';

/**
 * What a JSON text says.
 *
 * @throws {InklingError} when it is not JSON, or an object in it has the same key twice, of which `JSON.parse` alone would
 * keep the last without a word
 */
export function parseJson(text: string, who: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InklingError(`${who}: expected JSON; it is damaged, get a whole copy`, { cause: error });
  }
  const key = repeatedKey(text);
  if (key !== undefined) throw new InklingError(`${who}: has the key ${key} twice; save it again`);
  return value;
}

/** The first key, in quotes, that an object of a valid JSON text has twice. */
function repeatedKey(text: string): string | undefined {
  const open: Set<unknown>[] = [];
  let [start, end, inside] = [0, 0, false];
  for (const { 0: token, index } of text.matchAll(/\\.|["{}:]/g)) {
    if (token === '"') {
      inside = !inside;
      if (inside) start = index;
      else end = index + 1;
    } else if (inside) {
      continue;
    } else if (token === '{') {
      open.push(new Set());
    } else if (token === '}') {
      open.pop();
    } else {
      const quoted = text.slice(start, end);
      const keys = open[open.length - 1];
      // Escapes can spell the same key in two ways.
      const key: unknown = JSON.parse(quoted);
      if (keys.has(key)) return quoted;
      keys.add(key);
    }
  }
  return undefined;
}
