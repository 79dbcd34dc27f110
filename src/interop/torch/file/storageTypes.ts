import { bytesPerValue, decodeTensor, type Dtype, type SavedTensor } from '../../dtypes.js';
import type { Shape } from '../../../core/shape.js';

/** Smaller integers, which files of weights contain as masks and indices, and which become 64-bit integers. */
const integers = { I32: Int32Array, I16: Int16Array, I8: Int8Array, U8: Uint8Array };

type IntegerType = keyof typeof integers;

/** The types of values in storages. */
export type StorageType = Dtype | IntegerType;

/** By the names of PyTorch's classes of storages, in the module `torch`. */
export const storageTypes: ReadonlyMap<string, StorageType> = new Map([
  ['FloatStorage', 'F32'],
  ['DoubleStorage', 'F64'],
  ['HalfStorage', 'F16'],
  ['BFloat16Storage', 'BF16'],
  ['LongStorage', 'I64'],
  ['IntStorage', 'I32'],
  ['ShortStorage', 'I16'],
  ['CharStorage', 'I8'],
  ['ByteStorage', 'U8'],
  ['BoolStorage', 'U8'],
]);

/** The size of a value in a file. */
export function storedBytesPerValue(type: StorageType): number {
  return isInteger(type) ? integers[type].BYTES_PER_ELEMENT : bytesPerValue[type];
}

/** The size of a value after decoding. */
export function decodedBytesPerValue(type: StorageType): number {
  return isInteger(type) || type === 'I64' ? bytesPerValue.I64 : bytesPerValue.F32;
}

/** @param data only the values of the tensor, which the result may use */
export function decodeStored(type: StorageType, shape: Shape, data: ArrayBuffer): SavedTensor {
  if (!isInteger(type)) return decodeTensor(type, shape, data);
  return { dtype: 'I64', shape, values: extendIntegers(new integers[type](data)) };
}

/** As 64-bit integers: both halves of each, which is many times faster than a `bigint` of each. */
function extendIntegers(values: InstanceType<(typeof integers)[IntegerType]>): BigInt64Array {
  const halves = new Int32Array(2 * values.length);
  for (let index = 0; index < values.length; index++) {
    halves[2 * index] = values[index];
    halves[2 * index + 1] = values[index] < 0 ? -1 : 0;
  }
  return new BigInt64Array(halves.buffer);
}

function isInteger(type: StorageType): type is IntegerType {
  return Object.hasOwn(integers, type);
}
