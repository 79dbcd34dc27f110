import type { Shape } from '../../core/shape.js';
import type { OnnxAttribute, OnnxNode } from '../../layers/onnx.js';
import { bytesField, floatField, integerField, message, textField } from './protobuf.js';

// The messages of onnx.proto that are needed, with the numbers of their fields.

/** TensorProto.DataType.FLOAT */
const FLOAT = 1;

/** AttributeProto.AttributeType */
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_TENSOR = 4;
const ATTRIBUTE_INTS = 7;

/** An input or output of a graph; a string in the shape names an axis of any size. */
export interface Value {
  readonly name: string;
  readonly shape: readonly (number | string)[];
  readonly description: string;
}

export interface Tensor {
  readonly name: string;
  readonly shape: Shape;
  readonly values: Float32Array;
}

export interface Graph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly Tensor[];
  readonly input: Value;
  readonly output: Value;
}

/** What a file contains besides the graph. */
export interface FileInfo {
  readonly irVersion: number;
  readonly opset: number;
  readonly producer: string;
  readonly producerVersion: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Encodes a ModelProto. */
export function encodeModel(graph: Graph, file: FileInfo): Uint8Array<ArrayBuffer> {
  return message(
    integerField(1, file.irVersion),
    textField(2, file.producer),
    textField(3, file.producerVersion),
    bytesField(7, encodeGraph(graph)),
    // OperatorSetIdProto of the standard operators.
    bytesField(8, message(textField(1, ''), integerField(2, file.opset))),
    ...Object.entries(file.metadata).map(([key, value]) =>
      bytesField(14, message(textField(1, key), textField(2, value))),
    ),
  );
}

function encodeGraph({ name, nodes, tensors, input, output }: Graph): Uint8Array {
  return message(
    ...nodes.map((node) => bytesField(1, encodeNode(node))),
    textField(2, name),
    ...tensors.map((tensor) => bytesField(5, encodeTensor(tensor))),
    bytesField(11, encodeValue(input)),
    bytesField(12, encodeValue(output)),
  );
}

function encodeNode({ name, type, inputs, output, attributes }: OnnxNode): Uint8Array {
  return message(
    ...inputs.map((input) => textField(1, input)),
    textField(2, output),
    textField(3, name),
    textField(4, type),
    ...Object.entries(attributes).map(([key, value]) => bytesField(5, encodeAttribute(key, value))),
  );
}

function encodeAttribute(name: string, value: OnnxAttribute): Uint8Array {
  const fields =
    'float' in value
      ? [floatField(2, value.float), integerField(20, ATTRIBUTE_FLOAT)]
      : 'int' in value
        ? [integerField(3, value.int), integerField(20, ATTRIBUTE_INT)]
        : 'ints' in value
          ? [...value.ints.map((int) => integerField(8, int)), integerField(20, ATTRIBUTE_INTS)]
          : [bytesField(5, encodeTensor({ name, ...value.tensor })), integerField(20, ATTRIBUTE_TENSOR)];
  return message(textField(1, name), ...fields);
}

function encodeTensor({ name, shape, values: { buffer, byteOffset, byteLength } }: Tensor): Uint8Array {
  return message(
    ...shape.map((size) => integerField(1, size)),
    integerField(2, FLOAT),
    textField(8, name),
    // In little-endian order, as values are in memory on every platform with WebAssembly.
    bytesField(9, new Uint8Array(buffer, byteOffset, byteLength)),
  );
}

/** Encodes a ValueInfoProto of type tensor(float). */
function encodeValue({ name, shape, description }: Value): Uint8Array {
  const axes = shape.map((size) =>
    bytesField(1, typeof size === 'string' ? textField(2, size) : integerField(1, size)),
  );
  const tensorType = message(integerField(1, FLOAT), bytesField(2, message(...axes)));
  return message(textField(1, name), bytesField(2, bytesField(1, tensorType)), textField(3, description));
}
