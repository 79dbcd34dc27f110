import { InklingError } from '../../../core/errors.js';
import { formatCount } from '../../../core/format.js';
import { storageTypes } from './storageTypes.js';
import {
  describe,
  Global,
  integerFrom,
  listFrom,
  type PickleValue,
  SAVE_WEIGHTS,
  Storage,
  StoredTensor,
  textFrom,
  unexpected,
} from './values.js';

/** More than PyTorch's operations support. */
const MAX_DIMENSIONS = 64;

type Arguments = readonly PickleValue[];

/** What the functions of Python return that files of weights call. */
const functions: ReadonlyMap<string, (given: Arguments) => PickleValue> = new Map([
  ['collections.OrderedDict', orderedDict],
  ['torch.Size', ([sizes]: Arguments) => listFrom(sizes, 'a size')],
  ['torch._utils._rebuild_tensor_v2', rebuildTensor],
  // A parameter is a tensor; whether it requires gradients and what else it has as attributes do not matter.
  ['torch._utils._rebuild_parameter', rebuildParameter],
  ['torch._utils._rebuild_parameter_with_state', rebuildParameter],
]);

/** Classes of storages. */
const STORAGE = /^torch\.(storage\.|cuda\.)?\w{1,64}Storage$/;

/**
 * A function or class that a pickle names.
 *
 * @throws {InklingError} unless it is one of those that weights need
 */
export function findGlobal(module: string, member: string): Global {
  const name = `${module}.${member}`;
  if (functions.has(name) || storageTypes.has(storageClass(name))) return new Global(name);
  if (STORAGE.test(name)) {
    throw new InklingError(
      `expected tensors of ${[...storageTypes.keys()].join(', ')}, got ${name}; convert them with .float() and save them again`,
    );
  }
  throw new InklingError(
    `expected only tensors, dictionaries, lists, numbers, and texts, got ${JSON.stringify(name.slice(0, 100))}, ` +
      `which Python would have to import; ${SAVE_WEIGHTS}`,
  );
}

/** The class of a storage in the module `torch`. */
function storageClass(name: string): string {
  return name.startsWith('torch.') ? name.slice('torch.'.length) : '';
}

/** @throws {InklingError} when a value is not a function, or its arguments are not those that it takes */
export function callGlobal(called: PickleValue, given: PickleValue): PickleValue {
  const call = called instanceof Global ? functions.get(called.name) : undefined;
  if (call === undefined) throw unexpected('a function', 'one that builds tensors', called);
  return call(listFrom(given, 'arguments'));
}

/** In old versions of Python, with a list of pairs. */
function orderedDict([pairs = []]: Arguments): PickleValue {
  const entries = listFrom(pairs, 'the entries of a dictionary').map((pair) => {
    const [key, value = null] = listFrom(pair, 'an entry of a dictionary');
    return [checkKey(key), value] as const;
  });
  return new Map(entries);
}

/** @throws {InklingError} unless a value can be a key of a dictionary */
export function checkKey(key: PickleValue | undefined): PickleValue {
  if (key === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof key))
    return key as PickleValue;
  throw unexpected('a key of a dictionary', 'a text or a number', key);
}

function rebuildParameter([data]: Arguments): PickleValue {
  if (data instanceof StoredTensor) return data;
  throw unexpected('the data of a parameter', 'a tensor', data);
}

/** The arguments after the first four concern gradients. */
function rebuildTensor([storage, offset, shape, strides]: Arguments): PickleValue {
  if (!(storage instanceof Storage)) throw unexpected('the storage of a tensor', 'a storage', storage);
  const integers = (value: PickleValue, what: string) => {
    const list = listFrom(value, `the ${what}s of a tensor`);
    if (list.length > MAX_DIMENSIONS) {
      throw new InklingError(
        `expected tensors of at most ${MAX_DIMENSIONS} dimensions, got ${formatCount(list.length)}; get a clean copy`,
      );
    }
    return list.map((each) => integerFrom(each, `a ${what} of a tensor`));
  };
  return new StoredTensor(
    storage,
    integerFrom(offset, 'the offset of a tensor'),
    integers(shape, 'size'),
    integers(strides, 'stride'),
  );
}

/**
 * The storage with a persistent id: `('storage', class, key, device, number of values)`, and in old files the part of another
 * storage that it is.
 *
 * @throws {InklingError} when an id is not valid
 */
export function storageOf(id: PickleValue): Storage {
  const [kind, type, key, , size, view = null] = listFrom(id, 'the id of a storage');
  const name = type instanceof Global ? storageTypes.get(storageClass(type.name)) : undefined;
  if (kind !== 'storage' || name === undefined) {
    throw unexpected('the id of a storage', 'its class', type instanceof Global ? type : kind);
  }
  if (view !== null) {
    throw new InklingError(
      `expected storages of their own, got a part of another one (${describe(view)}); ${SAVE_WEIGHTS}`,
    );
  }
  const count = integerFrom(size, 'the size of a storage');
  if (count < 0) throw unexpected('the size of a storage', 'at least 0', count);
  return new Storage(textFrom(key, 'the key of a storage'), name, count);
}
