/** Writes files as `torch.save` does, and also such that it never writes. */
import { zipSync } from 'fflate';
import { concatenateBytes } from '#inkling/core/arrays.js';
import { sizeOf } from '#inkling/core/shape.js';
import type { SavedTensor } from '#inkling/interop/dtypes.js';

/** A part of a pickle: the operations that push one value. */
export type Part = Uint8Array;

/** Bytes: characters up to U+00FF, and the numbers between them as they are. */
export function raw(...parts: readonly (string | Uint8Array)[]): Part {
  return concatenateBytes(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  );
}

export function uint32(value: number): Part {
  return new Uint8Array(Uint32Array.of(value).buffer);
}

export const none: Part = raw('N');

export function int(value: number): Part {
  return raw('J', uint32(value));
}

export function text(value: string): Part {
  const bytes = new TextEncoder().encode(value);
  return raw('X', uint32(bytes.length), bytes);
}

export function tuple(...parts: readonly Part[]): Part {
  return raw('(', ...parts, 't');
}

export function list(...parts: readonly Part[]): Part {
  return raw('](', ...parts, 'e');
}

export function dictionary(entries: Readonly<Record<string, Part>>): Part {
  return raw('}(', ...Object.entries(entries).flatMap(([name, value]) => [text(name), value]), 'u');
}

export function globalOf(name: string): Part {
  const dot = name.lastIndexOf('.');
  return raw('c', name.slice(0, dot), '\n', name.slice(dot + 1), '\n');
}

export function call(name: string, ...given: readonly Part[]): Part {
  return raw(globalOf(name), tuple(...given), 'R');
}

export interface TensorParts {
  readonly storage?: Part;
  readonly type?: string;
  readonly key?: string;
  /** Values in the storage. */
  readonly size?: number;
  readonly offset?: number;
  readonly shape?: readonly number[];
  readonly strides?: readonly number[];
}

export function storage({ type = 'FloatStorage', key = '0', size = 4 }: TensorParts = {}): Part {
  return raw(tuple(text('storage'), globalOf(`torch.${type}`), text(key), text('cpu'), int(size)), 'Q');
}

/** By default, the four values of storage 0. */
export function tensor(parts: TensorParts = {}): Part {
  const { offset = 0, shape = [4], strides = [1] } = parts;
  return call(
    'torch._utils._rebuild_tensor_v2',
    parts.storage ?? storage(parts),
    int(offset),
    tuple(...shape.map(int)),
    tuple(...strides.map(int)),
    raw('\x89'),
    call('collections.OrderedDict'),
  );
}

export function pickle(value: Part): Uint8Array {
  return raw('\x80\x02', value, '.');
}

/** The values of storages, by their keys. */
export type Values = Readonly<Record<string, ArrayBufferView>>;

export const fourValues: Values = { 0: Float32Array.of(1, 2, 3, 4) };

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** A file in the format since PyTorch 1.6. */
export function zipFile(
  value: Part,
  values: Values = fourValues,
  files: Readonly<Record<string, Uint8Array>> = {},
): Uint8Array<ArrayBuffer> {
  const storages = Object.entries(values).map(
    ([key, each]) => [`archive/data/${key}`, bytesOf(each)] as const,
  );
  const all = { 'archive/data.pkl': pickle(value), ...Object.fromEntries(storages), ...files };
  return Uint8Array.from(zipSync(all, { level: 0, mtime: '2026-01-01' }));
}

const MAGIC = raw('\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.');

/** A file in the format before PyTorch 1.6. */
export function legacyFile(
  value: Part,
  values: Values = fourValues,
  { version = 1001, littleEndian = '\x88', counts = {} as Readonly<Record<string, number>> } = {},
): Uint8Array<ArrayBuffer> {
  const machine = raw('}', text('little_endian'), littleEndian, 's');
  const data = Object.entries(values).flatMap(([key, each]) => {
    const count = 'length' in each ? Number(each.length) : 0;
    return [uint32(counts[key] ?? count), uint32(0), bytesOf(each)];
  });
  const pickles = [int(version), machine, value, list(...Object.keys(values).map(text))].map(pickle);
  return concatenateBytes([MAGIC, ...pickles, ...data]);
}

/**
 * A file with a `state_dict`.
 *
 * @param within puts it into what is saved
 */
export function stateDictFile(
  tensors: ReadonlyMap<string, SavedTensor>,
  within: (stateDict: Part) => Part = (stateDict) => stateDict,
): Uint8Array<ArrayBuffer> {
  const entries = [...tensors];
  const parts = entries.map(([name, { dtype, shape, values }], index) => [
    name,
    tensor({
      type: dtype === 'I64' ? 'LongStorage' : 'FloatStorage',
      key: String(index),
      size: values.length,
      shape,
      strides: shape.map((_, axis) => sizeOf(shape.slice(axis + 1))),
    }),
  ]);
  const storages = entries.map(([, { values }], index) => [String(index), values]);
  return zipFile(within(dictionary(Object.fromEntries(parts))), Object.fromEntries(storages));
}
