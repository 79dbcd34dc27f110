import { bytesField, floatField, integerField, message, textField } from '../../../interop/onnx/protobuf.js';
import { doubleField, packedFloats } from './fields.js';

/** A value that TensorBoard shows, at a step. */
export interface SummaryEvent {
  /** When it was measured, in seconds since 1970. */
  readonly time: number;
  readonly step: number;
  readonly value: Uint8Array;
}

/** The types of tensors. Source: TensorFlow, `framework/types.proto`. */
const FLOAT = 1;
const STRING = 7;

/** What a plugin shows of a value. Source: TensorBoard, `compat/proto/summary.proto`. */
const TENSOR_CLASS = 2;
const BLOBS_CLASS = 3;

/** The first event of a file. */
export function encodeVersion(time: number): Uint8Array {
  return message(doubleField(1, time), textField(3, 'brain.Event:2'));
}

/** An event with one value. Source: TensorBoard, `compat/proto/event.proto`. */
export function encodeEvent({ time, step, value }: SummaryEvent): Uint8Array {
  return message(doubleField(1, time), integerField(2, step), bytesField(5, bytesField(1, value)));
}

/** A number, as a value of a summary. */
export function scalarValue(tag: string, value: number): Uint8Array {
  return message(textField(1, tag), floatField(2, value));
}

/** Images of the same size, as a value of a summary. */
export function imagesValue(
  tag: string,
  {
    width,
    height,
    files,
  }: { readonly width: number; readonly height: number; readonly files: readonly Uint8Array[] },
): Uint8Array {
  const entries = [width, height].map((size) => new TextEncoder().encode(String(size)));
  const strings = [...entries, ...files].map((entry) => bytesField(8, entry));
  const tensor = message(integerField(1, STRING), bytesField(2, shapeOf([2 + files.length])), ...strings);
  return message(textField(1, tag), metadata('images', message(), BLOBS_CLASS), bytesField(8, tensor));
}

/** Numbers that a plugin shows, as a value of a summary. */
export function floatsValue(
  tag: string,
  plugin: { readonly name: string; readonly content: Uint8Array },
  { shape, values }: { readonly shape: readonly number[]; readonly values: readonly number[] },
): Uint8Array {
  const tensor = message(integerField(1, FLOAT), bytesField(2, shapeOf(shape)), packedFloats(5, values));
  return message(
    textField(1, tag),
    metadata(plugin.name, plugin.content, TENSOR_CLASS),
    bytesField(8, tensor),
  );
}

function metadata(plugin: string, content: Uint8Array, dataClass: number): Uint8Array {
  const data = message(textField(1, plugin), bytesField(2, content));
  return bytesField(9, message(bytesField(1, data), integerField(4, dataClass)));
}

function shapeOf(sizes: readonly number[]): Uint8Array {
  return message(...sizes.map((size) => bytesField(2, integerField(1, size))));
}
