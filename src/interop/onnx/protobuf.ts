import { concatenateBytes } from '../../core/arrays.js';

/** Wire types. Source: the specification of Protocol Buffers' encoding. */
const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** Concatenates the fields of a message. A message can be the value of another message's `bytesField`. */
export function message(...fields: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return concatenateBytes(fields);
}

/** @param value an integer from 0 to 2^53 - 1 */
export function integerField(number: number, value: number): Uint8Array {
  return message(tag(number, VARINT), varint(value));
}

/** @param value stored as float32 */
export function floatField(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return message(tag(number, FIXED_32), bytes);
}

export function bytesField(number: number, value: Uint8Array): Uint8Array {
  return message(tag(number, LENGTH_DELIMITED), varint(value.length), value);
}

export function textField(number: number, value: string): Uint8Array {
  return bytesField(number, new TextEncoder().encode(value));
}

function tag(number: number, wireType: number): Uint8Array {
  return varint(number * 8 + wireType);
}

/** Seven bits per byte, lowest bits first; the highest bit is set in all bytes but the last. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) + 0x80);
  return Uint8Array.from([...bytes, value]);
}
