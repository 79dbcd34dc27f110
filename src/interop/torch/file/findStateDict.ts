import { InklingError } from '../../../core/errors.js';
import { abbreviate } from '../../../core/format.js';
import { describe, type PickleDictionary, type PickleValue, SAVE_WEIGHTS, StoredTensor } from './values.js';

/**
 * The names under which training programs save weights next to other things. Trained weights come before their exponential moving
 * averages, of which files may have both: like those of a `state_dict` saved alone, they are what the training continues from.
 */
const WRAPPERS: readonly string[] = [
  'state_dict',
  'model_state_dict',
  'model',
  'state_dict_ema',
  'model_ema',
  'ema_state_dict',
  'ema',
];
const MAX_LEVELS = 4;
const MAX_LISTED = 10;
/** What PyTorch's `AveragedModel` saves next to the weights, whose names it gives this prefix. */
const AVERAGED = { counter: 'n_averaged', prefix: 'module.' };

/** The weights in a file. */
export interface FoundStateDict {
  /** In which dictionaries of the file it is, such as `model.state_dict`; undefined if in none. */
  readonly dictionary: string | undefined;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/**
 * Finds the `state_dict` in what was saved: that itself, or in dictionaries of the names that training programs use.
 *
 * @throws {InklingError} with the reason only, unless there is one, which contains only tensors
 */
export function findStateDict(saved: PickleValue): FoundStateDict {
  const path: string[] = [];
  let found = dictionaryFrom(saved, path);
  for (let name = wrapperIn(found); name !== undefined; name = wrapperIn(found)) {
    path.push(name);
    if (path.length === MAX_LEVELS) {
      throw new InklingError(
        `expected a state_dict, got only dictionaries in ${path.join('.')}; ${SAVE_WEIGHTS}`,
      );
    }
    found = dictionaryFrom(found.get(name), path);
  }
  return { dictionary: path.length === 0 ? undefined : path.join('.'), tensors: tensorsIn(found) };
}

function wrapperIn(dictionary: PickleDictionary): string | undefined {
  return WRAPPERS.find((name) => dictionary.get(name) instanceof Map);
}

function dictionaryFrom(value: PickleValue | undefined, path: readonly string[]): PickleDictionary {
  if (value instanceof Map) return value;
  const where = path.length === 0 ? '' : ` in ${path.join('.')}`;
  throw new InklingError(`expected a state_dict${where}, got ${describe(value)}; ${SAVE_WEIGHTS}`);
}

function tensorsIn(dictionary: PickleDictionary): ReadonlyMap<string, StoredTensor> {
  const tensors = new Map<string, StoredTensor>();
  const others: string[] = [];
  for (const [name, value] of dictionary) {
    if (typeof name === 'string' && value instanceof StoredTensor) tensors.set(name, value);
    else others.push(typeof name === 'string' ? JSON.stringify(name.slice(0, 100)) : describe(name));
  }
  if (tensors.size === 0 || others.length > 0) {
    const listed = others.length === 0 ? 'nothing' : abbreviate(others, MAX_LISTED);
    throw new InklingError(`expected only tensors in the state_dict, got also ${listed}; ${SAVE_WEIGHTS}`);
  }
  const names = [...tensors.keys()].filter((name) => name !== AVERAGED.counter);
  if (names.length > 0 && names.every((name) => name.startsWith(AVERAGED.prefix))) {
    tensors.delete(AVERAGED.counter);
  }
  return tensors;
}
