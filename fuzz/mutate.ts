import type { Random } from '#inkling/core/random.js';
import type { Mutant, Seed, Target } from './target.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** Half of all inputs have one mutation, the others up to this many. */
const MAX_MUTATIONS = 6;
/** Inputs do not grow beyond this. */
const MAX_BYTES = 262_144;
/** Every fourth input has its checksums repaired, if the target can do that. */
const REPAIR_INTERVAL = 4;

/** Numbers at which code often goes wrong. */
const NUMBERS = [
  0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 63, 64, 100, 127, 128, 255, 256, 511, 512, 1000, 4095, 4096, 32_767,
  32_768, 65_535, 65_536, 1_000_000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];
const WORDS = [
  '-1',
  '0',
  '1e9',
  '1e309',
  '-0',
  'NaN',
  'null',
  'true',
  '""',
  '[]',
  '{}',
  '9007199254740993',
  '99999999999999999999',
  '0x10',
  '1.5',
  '\\u0000',
  '"__proto__"',
  '"constructor"',
  '../',
  '%00',
  '\r\n',
  ' ',
  ',',
  ';',
  '"',
  "'",
  '<',
  '=',
];

function below(random: Random, limit: number): number {
  return limit <= 1 ? 0 : random.uint32() % limit;
}

function pick<T>(random: Random, items: readonly T[]): T {
  return items[below(random, items.length)];
}

/** A range of at most half of the bytes, mostly short. */
function rangeOf(random: Random, { length }: Bytes): [number, number] {
  const start = below(random, length);
  const longest = below(random, 4) === 0 ? Math.ceil(length / 2) : Math.min(16, length);
  return [start, Math.min(length, start + 1 + below(random, longest))];
}

function splice(bytes: Bytes, start: number, end: number, inserted: Uint8Array): Bytes {
  const result = new Uint8Array(start + inserted.length + bytes.length - end);
  result.set(bytes.subarray(0, start));
  result.set(inserted, start);
  result.set(bytes.subarray(end), start + inserted.length);
  return result;
}

function overwrite(bytes: Bytes, start: number, written: Uint8Array): Bytes {
  const result = bytes.slice();
  result.set(written.subarray(0, result.length - start), start);
  return result;
}

function changeByte(bytes: Bytes, random: Random): Bytes {
  const at = below(random, bytes.length);
  const kind = below(random, 3);
  const old = bytes[at];
  const byte =
    kind === 0
      ? old ^ (1 << below(random, 8))
      : kind === 1
        ? below(random, 256)
        : old + pick(random, [1, -1]);
  return overwrite(bytes, at, Uint8Array.of(byte));
}

function truncate(bytes: Bytes, random: Random): Bytes {
  return bytes.slice(0, below(random, bytes.length));
}

function writeNumber(bytes: Bytes, random: Random): Bytes {
  const size = pick(random, [1, 2, 4, 8]);
  const buffer = new DataView(new ArrayBuffer(8));
  const isLittle = below(random, 2) === 0;
  const value = pick(random, NUMBERS);
  if (size === 1) buffer.setUint8(0, value);
  else if (size === 2) buffer.setUint16(0, value, isLittle);
  else if (size === 4) buffer.setUint32(0, value, isLittle);
  else buffer.setBigInt64(0, pick(random, [BigInt(value), -1n, 1n << 53n, 1n << 62n]), isLittle);
  return overwrite(bytes, below(random, bytes.length), new Uint8Array(buffer.buffer, 0, size));
}

/** Replaces a number that is written in digits. */
function changeDigits(bytes: Bytes, random: Random): Bytes {
  const first = below(random, bytes.length);
  const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39;
  let start = bytes.subarray(first).findIndex(isDigit);
  if (start === -1) return insertWord(bytes, random);
  start += first;
  let end = start;
  while (end < bytes.length && isDigit(bytes[end])) end += 1;
  const isSameLength = below(random, 2) === 0;
  const text = below(random, 2) === 0 ? String(pick(random, NUMBERS)) : pick(random, WORDS);
  const written = new TextEncoder().encode(
    isSameLength ? text.slice(0, end - start).padStart(end - start, '0') : text,
  );
  return splice(bytes, start, end, written);
}

function insertWord(bytes: Bytes, random: Random): Bytes {
  const at = below(random, bytes.length);
  return splice(bytes, at, at, new TextEncoder().encode(pick(random, WORDS)));
}

function remove(bytes: Bytes, random: Random): Bytes {
  const [start, end] = rangeOf(random, bytes);
  return splice(bytes, start, end, new Uint8Array());
}

function duplicate(bytes: Bytes, random: Random): Bytes {
  const [start, end] = rangeOf(random, bytes);
  const at = below(random, bytes.length);
  return splice(bytes, at, at, bytes.slice(start, end));
}

function copyOver(bytes: Bytes, random: Random): Bytes {
  const [start, end] = rangeOf(random, bytes);
  return overwrite(bytes, below(random, bytes.length), bytes.slice(start, end));
}

function fillRange(bytes: Bytes, random: Random): Bytes {
  const [start, end] = rangeOf(random, bytes);
  return bytes.slice().fill(pick(random, [0, 0x20, 0x30, 0xff, below(random, 256)]), start, end);
}

const MUTATIONS = [
  changeByte,
  changeByte,
  truncate,
  writeNumber,
  writeNumber,
  changeDigits,
  insertWord,
  remove,
  duplicate,
  copyOver,
  fillRange,
];

/** A mutated input, which only depends on the target's seeds and the state of the random numbers. */
export function mutate(target: Target, seeds: readonly Seed[], random: Random): Mutant {
  const seed = below(random, seeds.length);
  const { bytes: original } = seeds[seed];
  const count = below(random, 2) === 0 ? 1 : 1 + below(random, MAX_MUTATIONS);
  let bytes = original;
  let [isTruncated, isOneByte] = [false, false];
  for (let i = 0; i < count && bytes.length > 0; i++) {
    // Parts of another seed, now and then.
    const mutation = pick(random, MUTATIONS);
    const isSplice = below(random, 16) === 0;
    bytes = isSplice ? crossOver(bytes, pick(random, seeds).bytes, random) : mutation(bytes, random);
    isTruncated = count === 1 && !isSplice && mutation === truncate;
    isOneByte = count === 1 && !isSplice && mutation === changeByte;
  }
  bytes = bytes.slice(0, MAX_BYTES);
  const isRepaired = target.repair !== undefined && below(random, REPAIR_INTERVAL) === 0;
  if (isRepaired) bytes = target.repair?.(bytes) ?? bytes;
  return { bytes, seed, isTruncated, isOneByte, isRepaired };
}

function crossOver(bytes: Bytes, other: Bytes, random: Random): Bytes {
  const [start, end] = rangeOf(random, bytes);
  const [from, to] = rangeOf(random, other);
  return splice(bytes, start, end, other.slice(from, to));
}
