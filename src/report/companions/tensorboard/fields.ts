import { bytesField, message } from '../../../interop/onnx/protobuf.js';

/** The wire type of numbers of 64 bits. Source: the specification of Protocol Buffers' encoding. */
const FIXED_64 = 1;

/** @param number of the field, below 16 */
export function doubleField(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return message(Uint8Array.of(number * 8 + FIXED_64), bytes);
}

/** Several float32 numbers in one field. */
export function packedFloats(number: number, values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    view.setFloat32(4 * index, value, true);
  });
  return bytesField(number, bytes);
}
