import { InklingError } from '../../../core/errors.js';
import { formatCount } from '../../../core/format.js';
import { checkKey } from './globals.js';
import {
  listFrom,
  type Pickle,
  type PickleDictionary,
  type PickleValue,
  SAVE_WEIGHTS,
  type Storage,
  unexpected,
} from './values.js';

/** The unfinished lists and dictionaries at any time; those of weights have a few. */
const MAX_DEPTH = 100;

/** The state of a pickle that is being read. */
export class PickleMachine {
  /** What the operations since the last mark have pushed. */
  #stack: PickleValue[] = [];
  readonly #marked: PickleValue[][] = [];
  /** The elements of all lists that were copied. */
  copied = 0;
  readonly #memo = new Map<number, PickleValue>();
  readonly #storages = new Map<string, Storage>();

  push(value: PickleValue): void {
    this.#stack.push(value);
  }

  pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined) throw damaged();
    return value;
  }

  popTuple(size: number): PickleValue[] {
    if (this.#stack.length < size) throw damaged();
    return this.#stack.splice(-size);
  }

  mark(): void {
    if (this.#marked.length === MAX_DEPTH) {
      throw new InklingError(
        `expected at most ${MAX_DEPTH} levels of lists and dictionaries, got more; ${SAVE_WEIGHTS}`,
      );
    }
    this.#marked.push(this.#stack);
    this.#stack = [];
  }

  popMarked(): PickleValue[] {
    const stack = this.#marked.pop();
    if (stack === undefined) throw damaged();
    const values = this.#stack;
    this.#stack = stack;
    return values;
  }

  append(values: readonly PickleValue[]): void {
    const list = listFrom(this.#top(), 'the target of values');
    for (const value of values) list.push(value);
  }

  setItems(items: readonly PickleValue[]): void {
    if (items.length % 2 !== 0) throw damaged();
    const dictionary = this.#topDictionary();
    for (let i = 0; i < items.length; i += 2) dictionary.set(checkKey(items[i]), items[i + 1]);
  }

  store(index: number): void {
    this.#memo.set(index, this.#top());
  }

  memoize(): void {
    this.store(this.#memo.size);
  }

  recall(index: number): PickleValue {
    const value = this.#memo.get(index);
    if (value === undefined) throw damaged();
    return value;
  }

  /** Drops attributes of a dictionary: those of a state dict are the versions of its modules, which are not needed. */
  build(): void {
    this.pop();
    this.#topDictionary();
  }

  /** The storage with its key, which several tensors can have. */
  share(storage: Storage): Storage {
    const { key, type, size } = storage;
    const first = this.#storages.get(key) ?? storage;
    if (first.type !== type || first.size !== size) {
      throw new InklingError(
        `storage ${JSON.stringify(key)}: expected ${formatCount(first.size)} values of ${first.type} as before, ` +
          `got ${formatCount(size)} of ${type}; get a clean copy`,
      );
    }
    this.#storages.set(key, first);
    return first;
  }

  result(): Pickle {
    if (this.#stack.length !== 1 || this.#marked.length > 0) throw damaged();
    return { value: this.#stack[0], storages: this.#storages };
  }

  #top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined) throw damaged();
    return value;
  }

  #topDictionary(): PickleDictionary {
    const value = this.#top();
    if (value instanceof Map) return value;
    throw unexpected('the target of entries', 'a dictionary', value);
  }
}

function damaged(): InklingError {
  return new InklingError('its pickle is damaged; get a clean copy');
}
