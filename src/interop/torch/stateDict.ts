import { InklingError } from '../../core/errors.js';
import { sizeOf } from '../../core/shape.js';
import type { Model } from '../../models/model.js';
import { resolveModel } from '../../models/resolve.js';
import type { ModelParameter } from '../../models/resolved.js';
import { torchOrder, type Weights } from '../../models/weights.js';
import type { SavedTensor } from '../dtypes.js';
import { checkFinite } from '../safetensors.js';
import { withoutWrappers } from '../wrapperPrefixes.js';
import { checkTensors, COUNTER, describeTensor } from './checkTensors.js';

/**
 * Converts a model's weights to a PyTorch `state_dict`: its names, shapes, memory layout and order of tensors.
 *
 * @param batches number of training batches in the running statistics
 * @throws {InklingError} if a weight is missing or has a different size than in the model
 */
export function toStateDict(model: Model, weights: Weights, batches: number): Map<string, SavedTensor> {
  const tensors = new Map<string, SavedTensor>();
  for (const { name, spec } of resolveModel(model).parameters) {
    const values = weights.get(name);
    const size = sizeOf(spec.shape);
    if (values?.length !== size) {
      throw new InklingError(
        `${model.name}: ${name}: expected ${size} values, got ${values?.length ?? 'none'}`,
      );
    }
    const ordered = Float32Array.from(torchOrder(spec), (index) => values[index]);
    tensors.set(name, { dtype: 'F32', shape: spec.torch.shape, values: ordered });
    const counter = counterAfter(name);
    if (counter !== undefined) {
      tensors.set(counter, { dtype: 'I64', shape: [], values: BigInt64Array.of(BigInt(batches)) });
    }
  }
  return tensors;
}

/** The name of the counter of batches that PyTorch saves after a running variance. */
function counterAfter(name: string): string | undefined {
  return name.endsWith('.running_var') ? name.replace(/running_var$/, COUNTER) : undefined;
}

/** A model's weights from a `state_dict`. */
export interface LoadedWeights {
  /** By PyTorch's names, in the engine's layout. */
  readonly weights: Map<string, Float32Array>;
  /** Number of batches in the running statistics: the largest of the counters, or 0 if there are none. */
  readonly batches: number;
}

/**
 * Inverse of `toStateDict`. Counters of batches may be missing, as in files from old versions of PyTorch, and all names may have the
 * prefixes of modules that wrap a model.
 *
 * @param who the file, for error messages
 * @throws {InklingError} that lists all tensors that are missing, unexpected, or of a wrong type or shape; if a weight is not a
 * finite number
 */
export function fromStateDict(
  model: Model,
  saved: ReadonlyMap<string, SavedTensor>,
  who: string,
): LoadedWeights {
  const { parameters } = resolveModel(model);
  const names = withoutWrappers([...saved.keys()]);
  const tensors = new Map([...saved.values()].map((tensor, i) => [names[i], tensor]));
  checkTensors(expectedTensors(parameters), tensors, { model, who });
  checkFinite(tensors, who);
  return { weights: inEngineLayout(parameters, tensors), batches: largestCount(tensors, who) };
}

/** Like `fromStateDict`, for trained tensors only, such as gradients. */
export function trainedFromStateDict(
  model: Model,
  tensors: ReadonlyMap<string, SavedTensor>,
  who: string,
): Map<string, Float32Array> {
  const parameters = resolveModel(model).parameters.filter(({ spec }) => spec.trained);
  checkTensors(expectedTensors(parameters), tensors, { model, who });
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

/** The type and shape of every tensor in a `state_dict`, by name. */
function expectedTensors(parameters: Parameters): ReadonlyMap<string, string> {
  const expected = new Map<string, string>();
  for (const { name, spec } of parameters) {
    expected.set(name, describeTensor('F32', spec.torch.shape));
    const counter = counterAfter(name);
    if (counter !== undefined) expected.set(counter, describeTensor('I64', []));
  }
  return expected;
}

function inEngineOrder(torchValues: Float32Array, order: Uint32Array): Float32Array {
  const values = new Float32Array(torchValues.length);
  order.forEach((index, i) => {
    values[index] = torchValues[i];
  });
  return values;
}

/** The largest counter of batches. */
function largestCount(tensors: ReadonlyMap<string, SavedTensor>, who: string): number {
  let largest = 0;
  for (const [name, { dtype, values }] of tensors) {
    if (dtype !== 'I64') continue;
    const count = Number(values[0]);
    if (count < 0 || !Number.isSafeInteger(count)) {
      throw new InklingError(
        `${who}: ${name}: expected a number of batches from 0 to ${Number.MAX_SAFE_INTEGER}, got ${values[0]}`,
      );
    }
    largest = Math.max(largest, count);
  }
  return largest;
}
