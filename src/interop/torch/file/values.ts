import type { Shape } from '../../../core/shape.js';
import { InklingError } from '../../../core/errors.js';
import type { StorageType } from './storageTypes.js';

/** What to do about a file that contains more than weights. */
export const SAVE_WEIGHTS =
  'save only the weights in Python: torch.save(model.state_dict(), "weights.pt"), which needs no classes to be read';

/** An object in a pickle. Lists and tuples are arrays, sets and other classes are not supported. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PickleValue[]
  | PickleDictionary
  | Global
  | Storage
  | StoredTensor;

/** What a pickle contains. */
export interface Pickle {
  readonly value: PickleValue;
  /** The storages of its tensors, by their keys. */
  readonly storages: ReadonlyMap<string, Storage>;
}

export type PickleDictionary = Map<PickleValue, PickleValue>;

/** A function or a class of Python that is allowed, which is never executed. */
export class Global {
  /** @param name with its module, such as `collections.OrderedDict` */
  constructor(readonly name: string) {}
}

/** The memory of tensors, which several can share. */
export class Storage {
  constructor(
    readonly key: string,
    readonly type: StorageType,
    /** The number of values. */
    readonly size: number,
  ) {}
}

/** A tensor as a file describes it, not validated; `offset` and `strides` count values in the storage. */
export class StoredTensor {
  constructor(
    readonly storage: Storage,
    readonly offset: number,
    readonly shape: Shape,
    readonly strides: readonly number[],
  ) {}
}

/** @throws {InklingError} when a value is not a list or tuple */
export function listFrom(value: PickleValue | undefined, what: string): PickleValue[] {
  if (Array.isArray(value)) return value;
  throw unexpected(what, 'a list', value);
}

/** @throws {InklingError} when a value is not an integer that a number represents */
export function integerFrom(value: PickleValue | undefined, what: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw unexpected(what, 'a whole number', value);
}

/** @throws {InklingError} when a value is not a text */
export function textFrom(value: PickleValue | undefined, what: string): string {
  if (typeof value === 'string') return value;
  throw unexpected(what, 'a text', value);
}

export function unexpected(what: string, expected: string, value: PickleValue | undefined): InklingError {
  return new InklingError(`expected ${expected} as ${what}, got ${describe(value)}; get a clean copy`);
}

/** What a value is, with its article. */
export function describe(value: PickleValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'None';
  if (value instanceof Map) return 'a dictionary';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof StoredTensor) return 'a tensor';
  if (value instanceof Storage) return 'a storage';
  if (value instanceof Global) return value.name;
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 32))}`;
  return `the number ${Number(value)}`;
}
