import { concatenateBytes } from '#inkling/core/arrays.js';
import { sizeOf } from '#inkling/core/shape.js';

/** Fields of Protocol Buffers, written independently of the encoder. */
export const field = {
  integer: (number: number, value: number): Uint8Array => bytesOf(varint(number * 8), varint(value)),
  float: (number: number, value: number): Uint8Array =>
    bytesOf(varint(number * 8 + 5), new Uint8Array(Float32Array.of(value).buffer)),
  bytes: (number: number, ...parts: readonly ArrayLike<number>[]): Uint8Array => {
    const value = bytesOf(...parts);
    return bytesOf(varint(number * 8 + 2), varint(value.length), value);
  },
  text: (number: number, value: string): Uint8Array => field.bytes(number, new TextEncoder().encode(value)),
};

export function bytesOf(...parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  return concatenateBytes(parts);
}

/** An integer of 64 bits in two's complement. */
export function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) + 128);
  return [...bytes, Number(rest)];
}

/** Numbers of TensorProto.DataType. */
export const TYPES = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
  bfloat16: 16,
};

/** A TensorProto of float32. */
export function floats(name: string, shape: readonly number[], values?: readonly number[]): Uint8Array {
  const given = values ?? Array.from({ length: sizeOf(shape) }, (_, index) => ((index * 7) % 11) / 8 - 0.5);
  return tensor(name, shape, TYPES.float32, field.bytes(9, new Uint8Array(Float32Array.from(given).buffer)));
}

/** A TensorProto of int64. */
export function integers(name: string, values: readonly number[], shape = [values.length]): Uint8Array {
  return tensor(name, shape, TYPES.int64, field.bytes(7, ...values.map(varint)));
}

export function tensor(
  name: string,
  shape: readonly number[],
  type: number,
  ...data: Uint8Array[]
): Uint8Array {
  return bytesOf(
    ...shape.map((size) => field.integer(1, size)),
    field.integer(2, type),
    field.text(8, name),
    ...data,
  );
}

export type Attribute = number | string | readonly number[] | { readonly float: number } | Uint8Array;

/** A NodeProto; its output is called like the node. */
export function node(
  type: string,
  name: string,
  inputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
  { domain = '', outputs = [name] } = {},
): Uint8Array {
  return bytesOf(
    ...inputs.map((input) => field.text(1, input)),
    ...outputs.map((output) => field.text(2, output)),
    field.text(3, name),
    field.text(4, type),
    ...Object.entries(attributes).map(([key, value]) => field.bytes(5, field.text(1, key), attribute(value))),
    field.text(7, domain),
  );
}

function attribute(value: Attribute): Uint8Array {
  if (typeof value === 'number') return field.integer(3, value);
  if (typeof value === 'string') return field.text(4, value);
  if (value instanceof Uint8Array) return field.bytes(5, value);
  if ('float' in value) return field.float(2, value.float);
  return bytesOf(...value.map((each) => field.integer(8, each)));
}

/** A ValueInfoProto of float32; a size that is a text is unknown. */
export function value(name: string, shape: readonly (number | string)[], type = TYPES.float32): Uint8Array {
  const axes = shape.map((size) =>
    field.bytes(1, typeof size === 'string' ? field.text(2, size) : field.integer(1, size)),
  );
  return bytesOf(
    field.text(1, name),
    field.bytes(2, field.bytes(1, field.integer(1, type), field.bytes(2, ...axes))),
  );
}

export interface TestGraph {
  readonly nodes: readonly Uint8Array[];
  readonly tensors?: readonly Uint8Array[];
  readonly inputs?: readonly Uint8Array[];
  readonly outputs?: readonly Uint8Array[];
  readonly opset?: number;
}

/** A ModelProto, by default of images of 4×6×2, whose output is the value `out`. */
export function onnxFile({
  nodes,
  tensors = [],
  inputs = [value('x', ['n', 2, 4, 6])],
  outputs = [value('out', ['n', 3])],
  opset = 17,
}: TestGraph): Uint8Array<ArrayBuffer> {
  return bytesOf(
    field.integer(1, 8),
    field.text(2, 'test'),
    field.bytes(
      7,
      ...nodes.map((each) => field.bytes(1, each)),
      ...tensors.map((each) => field.bytes(5, each)),
      ...inputs.map((each) => field.bytes(11, each)),
      ...outputs.map((each) => field.bytes(12, each)),
    ),
    field.bytes(8, field.text(1, ''), field.integer(2, opset)),
  );
}
