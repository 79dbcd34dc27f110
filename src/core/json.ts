import { InklingError, messageOf } from './errors.js';

/** More than any file of Inkling needs. What reads a value recursively would exhaust the stack at some thousands. */
const MAX_DEPTH = 100;

/**
 * Parses JSON, strictly.
 *
 * @throws {InklingError} when the text is not valid JSON, has more than 100 levels of objects and arrays, or an object has a
 * duplicate key, of which `JSON.parse` would silently keep the last
 */
export function parseJson(text: string, who: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InklingError(`${who}: expected JSON; it is damaged, get a complete copy`, { cause: error });
  }
  checkStructure(text, who);
  return value;
}

/**
 * Parses JSON that somebody has written by hand.
 *
 * @throws {InklingError} as `parseJson`, and that says where the text is wrong
 */
export function parseWrittenJson(text: string, who: string): unknown {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new InklingError(
      `${who}: is not valid JSON: ${messageOf(error)}; check commas, quotes, and brackets`,
    );
  }
  return parseJson(text, who);
}

function checkStructure(text: string, who: string): void {
  const open: Set<unknown>[] = [];
  let [start, end, inside] = [0, 0, false];
  for (const { 0: token, index } of text.matchAll(/\\.|["{}[\]:]/g)) {
    if (token === '"') {
      inside = !inside;
      if (inside) start = index;
      else end = index + 1;
    } else if (inside) {
      continue;
    } else if (token === '{' || token === '[') {
      open.push(new Set());
      if (open.length > MAX_DEPTH) {
        throw new InklingError(
          `${who}: expected at most ${MAX_DEPTH} levels of objects and arrays, got more; nest fewer`,
        );
      }
    } else if (token === '}' || token === ']') {
      open.pop();
    } else {
      const quoted = text.slice(start, end);
      const keys = open[open.length - 1];
      // With escapes, the same key can be written in several ways.
      const key: unknown = JSON.parse(quoted);
      if (keys.has(key)) throw new InklingError(`${who}: has the key ${quoted} twice; save it again`);
      keys.add(key);
    }
  }
}
