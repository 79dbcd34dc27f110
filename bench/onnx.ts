import type { SavedTensor } from '#inkling/interop/safetensors.js';

/** Sources: protobuf's encoding, and the numbers of fields in onnx.proto of the `onnx` repository. */
type Message = Uint8Array;

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;
const IR_VERSION = 8;
const OPSET_VERSION = 17;
const BATCH = 'batch';

/**
 * The report's network as an ONNX model from `pixels` `[batch, 1, 28, 28]` to `probabilities` `[batch, 10]`, for the
 * systems that read no other format.
 */
export function encodeReportCnn(weights: ReadonlyMap<string, SavedTensor>): Uint8Array {
  const tensors = [...weights].flatMap(([name, tensor]) =>
    tensor.dtype === 'F32' ? [field(5, initializer(name, tensor))] : [],
  );
  const graph = join(
    ...block('layer1', 'pixels'),
    ...block('layer2', 'layer1'),
    node('Flatten', ['layer2'], 'flat'),
    node('Gemm', ['flat', 'fc.weight', 'fc.bias'], 'logits', { transB: 1 }),
    node('Softmax', ['logits'], 'probabilities'),
    field(2, 'report-cnn'),
    ...tensors,
    field(11, valueInfo('pixels', [1, 28, 28])),
    field(12, valueInfo('probabilities', [10])),
  );
  const opset = join(field(1, ''), field(2, OPSET_VERSION));
  return join(field(1, IR_VERSION), field(7, graph), field(8, opset));
}

/** Convolution, batch normalization, ReLU and pooling; each output is named after its operator. */
function block(name: string, input: string): Message[] {
  const convolution = [input, `${name}.0.weight`, `${name}.0.bias`];
  const norm = ['weight', 'bias', 'running_mean', 'running_var'].map((part) => `${name}.1.${part}`);
  return [
    node('Conv', convolution, `${name}.conv`, { kernel_shape: [3, 3], pads: [2, 2, 2, 2] }),
    node('BatchNormalization', [`${name}.conv`, ...norm], `${name}.norm`),
    node('Relu', [`${name}.norm`], `${name}.relu`),
    node('MaxPool', [`${name}.relu`], name, { kernel_shape: [2, 2], strides: [2, 2] }),
  ];
}

type Attributes = Readonly<Record<string, number | readonly number[]>>;

function node(type: string, inputs: string[], output: string, attributes: Attributes = {}): Message {
  const encoded = Object.entries(attributes).map(([name, value]) => field(5, attribute(name, value)));
  return field(
    1,
    join(...inputs.map((input) => field(1, input)), field(2, output), field(4, type), ...encoded),
  );
}

function attribute(name: string, value: number | readonly number[]): Message {
  if (typeof value === 'number') return join(field(1, name), field(3, value), field(20, ATTRIBUTE_INT));
  return join(field(1, name), ...value.map((each) => field(8, each)), field(20, ATTRIBUTE_INTS));
}

function initializer(name: string, { shape, values }: SavedTensor): Message {
  const data = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return join(...shape.map((size) => field(1, size)), field(2, FLOAT), field(8, name), field(9, data));
}

function valueInfo(name: string, shape: number[]): Message {
  const dimensions = [field(1, field(2, BATCH)), ...shape.map((size) => field(1, field(1, size)))];
  const tensorType = join(field(1, FLOAT), field(2, join(...dimensions)));
  return join(field(1, name), field(2, field(1, tensorType)));
}

function field(number: number, value: number | string | Uint8Array): Message {
  if (typeof value === 'number') return join(varint((number << 3) | VARINT), varint(value));
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return join(varint((number << 3) | LENGTH_DELIMITED), varint(bytes.length), bytes);
}

function varint(value: number): Message {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}

function join(...messages: Uint8Array[]): Message {
  const joined = new Uint8Array(messages.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const message of messages) {
    joined.set(message, at);
    at += message.length;
  }
  return joined;
}
