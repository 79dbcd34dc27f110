import { InklingError } from '../../core/errors.js';
import { type Shape, sizeOf } from '../../core/shape.js';
import type { Model } from '../../models/model.js';
import { resolveModel } from '../../models/resolve.js';
import type { ModelParameter } from '../../models/resolved.js';
import { torchOrder, type Weights } from '../../models/weights.js';
import type { SavedTensor } from '../safetensors.js';

/** PyTorch's name for how many batches moved a layer's running statistics. */
const COUNTER = 'num_batches_tracked';

/**
 * A model's weights as PyTorch's `state_dict` has them: its names, shapes, order of elements and order of tensors.
 *
 * @param batches how many training batches the running statistics have seen
 * @throws {InklingError} when a weight is missing or not of the model's size
 */
export function toStateDict(model: Model, weights: Weights, batches: number): Map<string, SavedTensor> {
  const tensors = new Map<string, SavedTensor>();
  for (const { name, spec } of resolveModel(model).parameters) {
    const values = weights.get(name);
    const size = sizeOf(spec.shape);
    if (values?.length !== size) {
      throw new InklingError(`${model.name}: ${name} has ${values?.length ?? 'no'} values, expected ${size}`);
    }
    const ordered = Float32Array.from(torchOrder(spec), (index) => values[index]);
    tensors.set(name, { dtype: 'F32', shape: spec.torch.shape, values: ordered });
    const counter = counterBehind(name);
    if (counter !== undefined) {
      tensors.set(counter, { dtype: 'I64', shape: [], values: BigInt64Array.of(BigInt(batches)) });
    }
  }
  return tensors;
}

/** The name of the tensor that PyTorch saves behind a running variance: how many batches moved it. */
function counterBehind(name: string): string | undefined {
  return name.endsWith('.running_var') ? name.replace(/running_var$/, COUNTER) : undefined;
}

/** A model's weights out of a `state_dict`. */
export interface LoadedWeights {
  /** By PyTorch's names, in the engine's layout. */
  readonly weights: Map<string, Float32Array>;
  /** How many batches the running statistics have seen: the largest of the counters, 0 without any. */
  readonly batches: number;
}

/**
 * The reverse of `toStateDict`. Counters of batches may be missing, as files of old versions of PyTorch have none.
 *
 * @param who the file, to begin an error with
 * @throws {InklingError} that lists all tensors that are missing, not the model's, or of another type or shape
 */
export function fromStateDict(
  model: Model,
  tensors: ReadonlyMap<string, SavedTensor>,
  who: string,
): LoadedWeights {
  const { parameters } = resolveModel(model);
  checkTensors(model, parameters, tensors, who);
  return { weights: inEngineLayout(parameters, tensors), batches: largestCount(tensors, who) };
}

/** Like `fromStateDict`, of what has only the tensors that are trained: their gradients. */
export function trainedFromStateDict(
  model: Model,
  tensors: ReadonlyMap<string, SavedTensor>,
  who: string,
): Map<string, Float32Array> {
  const parameters = resolveModel(model).parameters.filter(({ spec }) => spec.trained);
  checkTensors(model, parameters, tensors, who);
  return inEngineLayout(parameters, tensors);
}

type Parameters = readonly ModelParameter[];

function inEngineLayout(
  parameters: Parameters,
  tensors: ReadonlyMap<string, SavedTensor>,
): Map<string, Float32Array> {
  const weights = new Map<string, Float32Array>();
  for (const { name, spec } of parameters) {
    const tensor = tensors.get(name);
    if (tensor?.dtype === 'F32') weights.set(name, inEngineOrder(tensor.values, torchOrder(spec)));
  }
  return weights;
}

function checkTensors(
  model: Model,
  parameters: Parameters,
  tensors: ReadonlyMap<string, SavedTensor>,
  who: string,
): void {
  const expected = expectedTensors(parameters);
  const problems = {
    missing: [...expected.keys()].filter((name) => !tensors.has(name) && !name.endsWith(`.${COUNTER}`)),
    'not in the model': [...tensors.keys()].filter((name) => !expected.has(name)),
    'of another type or shape': [...tensors].flatMap(([name, { dtype, shape }]) => {
      const [came, wanted] = [describe(dtype, shape), expected.get(name)];
      return wanted === undefined || came === wanted ? [] : `${name} is ${came}, expected ${wanted}`;
    }),
  };
  const parts = Object.entries(problems).filter(([, tensors]) => tensors.length > 0);
  if (parts.length === 0) return;
  const list = parts.map(([problem, tensors]) => `${problem}: ${tensors.join(', ')}`).join('; ');
  throw new InklingError(
    `${who}: does not fit the model ${model.name}, choose the one it was saved from; ${list}`,
  );
}

/** The type and shape of every tensor in the `state_dict` of parameters, by name. */
function expectedTensors(parameters: Parameters): ReadonlyMap<string, string> {
  const expected = new Map<string, string>();
  for (const { name, spec } of parameters) {
    expected.set(name, describe('F32', spec.torch.shape));
    const counter = counterBehind(name);
    if (counter !== undefined) expected.set(counter, describe('I64', []));
  }
  return expected;
}

function describe(dtype: SavedTensor['dtype'], shape: Shape): string {
  return `${dtype} [${shape.join(', ')}]`;
}

function inEngineOrder(torchValues: Float32Array, order: Uint32Array): Float32Array {
  const values = new Float32Array(torchValues.length);
  order.forEach((index, i) => {
    values[index] = torchValues[i];
  });
  return values;
}

/** The largest counter of batches among a model's tensors. */
function largestCount(tensors: ReadonlyMap<string, SavedTensor>, who: string): number {
  let largest = 0;
  for (const [name, { dtype, values }] of tensors) {
    if (dtype !== 'I64') continue;
    const count = Number(values[0]);
    if (count < 0 || !Number.isSafeInteger(count)) {
      throw new InklingError(
        `${who}: ${name} is ${values[0]}, expected a number of batches, from 0 to ${Number.MAX_SAFE_INTEGER}`,
      );
    }
    largest = Math.max(largest, count);
  }
  return largest;
}
