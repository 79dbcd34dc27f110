/** A property of an object or an index of an array. */
type Key = string | number;

/** What is wrong with a value, as Zod reports it. */
export interface Issue {
  readonly code?: string;
  readonly path: readonly Key[];
  readonly message: string;
  /** What is not one of the possible values. */
  readonly input?: unknown;
  /** The possible values. */
  readonly values?: readonly unknown[];
  /** The unknown keys of an object. */
  readonly keys?: readonly string[];
  /** False if the value is of another type, so that checks make no sense. */
  readonly continue?: boolean;
}

/** Returns the parsed value, and adds what is wrong with it. */
type Parse = (value: unknown, issues: Issue[]) => unknown;

/** A condition on a value of the right type. */
export interface Check {
  readonly run: (value: unknown, issues: Issue[]) => void;
  /** Whether it is also to run on a value of another type. */
  readonly when?: (value: unknown) => boolean;
}

/** What becomes of an object's keys that are not in the shape. */
export type Others = 'dropped' | 'kept' | 'invalid';

/** What other code reads from a schema: which of these there are depends on its kind. */
interface Definition {
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly others?: Others;
  readonly innerType?: Schema;
  readonly values?: readonly unknown[];
}

/** What an object lacks if it lacks a key: nothing, a value that the schema provides, or a value. */
type Absence = 'optional' | 'provided' | 'invalid';

/** A schema: it parses a value, then runs its checks. */
export class Schema {
  readonly #parse: Parse;
  readonly def: Definition;
  readonly absence: Absence;
  readonly #checks: readonly Check[];

  constructor(
    parse: Parse,
    def: Definition = {},
    absence: Absence = 'invalid',
    checks: readonly Check[] = [],
  ) {
    this.#parse = parse;
    this.def = def;
    this.absence = absence;
    this.#checks = checks;
  }

  get _zod() {
    return this;
  }

  get shape() {
    return this.def.shape;
  }

  /** The same schema with more checks; what is undefined is only for documentation. */
  check(...checks: readonly (Check | undefined)[]): this {
    const all = [...this.#checks, ...checks.filter((check) => check !== undefined)];
    // The constructors of subclasses are this one.
    const Class = this.constructor as new (...options: ConstructorParameters<typeof Schema>) => this;
    return new Class(this.#parse, this.def, this.absence, all);
  }

  /** Zod's registries are only for documentation. */
  register(): this {
    return this;
  }

  /** @throws {Error} when the value is invalid */
  parse(value: unknown): unknown {
    const issues: Issue[] = [];
    const result = this.run(value, issues);
    if (issues.length > 0) throw new Error(issues.map(({ message }) => message).join('; '));
    return result;
  }

  run(value: unknown, issues: Issue[]): unknown {
    const own: Issue[] = [];
    const result = this.#parse(value, own);
    for (const { run, when } of this.#checks) if (isUsable(own) || when?.(result) === true) run(result, own);
    issues.push(...own);
    return result;
  }

  /** Parses a part of a value, so that the paths of issues begin with its key. */
  runAt(key: Key, value: unknown, issues: Issue[]): unknown {
    const own: Issue[] = [];
    const result = this.run(value, own);
    issues.push(...own.map((issue) => ({ ...issue, path: [key, ...issue.path] })));
    return result;
  }
}

/** Whether a value has the right type in spite of the issues. */
export function isUsable(issues: readonly Issue[]): boolean {
  return issues.every((issue) => issue.continue === true);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Adds that a value is not of the expected type. */
export function addType(expected: string, value: unknown, issues: Issue[]): void {
  issues.push({
    code: 'invalid_type',
    path: [],
    message: `Invalid input: expected ${expected}`,
    input: value,
  });
}
