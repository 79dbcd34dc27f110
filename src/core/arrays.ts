/** The values of several arrays, one after the other. */
export function concatenate(parts: readonly Float32Array[]): Float32Array {
  return fill(new Float32Array(lengthOf(parts)), parts);
}

/** Whether two arrays have the same values in the same order. */
export function areEqual<Value>(first: ArrayLike<Value>, second: ArrayLike<Value>): boolean {
  if (first.length !== second.length) return false;
  for (let index = 0; index < first.length; index++) if (first[index] !== second[index]) return false;
  return true;
}

/** Like `concatenate`, for bytes. Spreading a file of megabytes into a list of numbers would take hundreds of times as long. */
export function concatenateBytes(parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  return fill(new Uint8Array(lengthOf(parts)), parts);
}

function lengthOf(parts: readonly ArrayLike<number>[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

function fill<All extends Float32Array | Uint8Array>(all: All, parts: readonly ArrayLike<number>[]): All {
  let first = 0;
  for (const part of parts) {
    all.set(part, first);
    first += part.length;
  }
  return all;
}
