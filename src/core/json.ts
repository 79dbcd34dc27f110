import { InklingError } from './errors.js';

/**
 * Parses JSON, strictly.
 *
 * @throws {InklingError} when the text is not valid JSON, or an object has a duplicate key, of which `JSON.parse` would silently
 * keep the last
 */
export function parseJson(text: string, who: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InklingError(`${who}: expected JSON; it is damaged, get a complete copy`, { cause: error });
  }
  const key = repeatedKey(text);
  if (key !== undefined) throw new InklingError(`${who}: has the key ${key} twice; save it again`);
  return value;
}

/** The first duplicate key of any object in a valid JSON text, in quotes. */
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
      // With escapes, the same key can be written in several ways.
      const key: unknown = JSON.parse(quoted);
      if (keys.has(key)) return quoted;
      keys.add(key);
    }
  }
  return undefined;
}
