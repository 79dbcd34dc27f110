/** Two values of a record that should be the same. */
export interface ValueDifference {
  /** Where in the record, such as `perClass[2].recall`; empty for the whole of it. */
  readonly path: string;
  readonly recorded: unknown;
  readonly repeated: unknown;
}

/**
 * The first difference between a part of a record and what it should be. Only what is recorded is compared, since earlier versions recorded
 * less.
 *
 * @param recorded as read from JSON
 * @param repeated as it would be written
 */
export function firstDifference(
  recorded: unknown,
  repeated: unknown,
  path = '',
): ValueDifference | undefined {
  if (!isObject(recorded) || !isObject(repeated)) {
    return Object.is(recorded, repeated) ? undefined : { path, recorded, repeated };
  }
  if (isList(recorded) && recorded.length !== repeated.length) {
    return { path: joined(path, 'length'), recorded: recorded.length, repeated: repeated.length };
  }
  for (const [name, value] of Object.entries(recorded)) {
    if (value === undefined) continue;
    const inner = isList(recorded) ? `${path}[${name}]` : joined(path, name);
    const difference = firstDifference(value, repeated[name], inner);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** A value as JSON has it, in which there is no undefined and no -0. */
export function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function isList(value: object): value is ArrayLike<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
