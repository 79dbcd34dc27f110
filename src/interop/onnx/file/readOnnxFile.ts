import { InklingError } from '../../../core/errors.js';
import { ProtobufMessage } from './protobufMessage.js';
import { type Constant, decodeOnnxTensor } from './tensors.js';

/** More than any image classifier has. */
const MAX_NODES = 16_384;
/** Operators of earlier versions broadcast in another way. */
const MIN_OPSET = 7;

/** An input or output of the graph. */
export interface OnnxValueInfo {
  readonly name: string;
  /** The number of TensorProto.DataType. */
  readonly type: number;
  /** A size that depends on the input is undefined. The whole shape is if it is not stated. */
  readonly shape: readonly (number | undefined)[] | undefined;
}

/** A node of the graph, whose attributes are decoded when they are asked for. */
export class OnnxFileNode {
  readonly type: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly #attributes: ReadonlyMap<string, ProtobufMessage>;

  constructor(message: ProtobufMessage) {
    const domain = message.text(7);
    this.type = (domain === '' || domain === 'ai.onnx' ? '' : `${domain}.`) + message.text(4);
    this.inputs = message.texts(1);
    this.outputs = message.texts(2);
    this.name = message.text(3);
    this.#attributes = new Map(
      message.messages(5, 'an attribute of a node').map((attribute) => [attribute.text(1), attribute]),
    );
  }

  /** What errors call it. */
  get label(): string {
    return `node "${this.name || (this.outputs.at(0) ?? '')}" (${this.type})`;
  }

  has(attribute: string): boolean {
    return this.#attributes.has(attribute);
  }

  float(attribute: string): number | undefined {
    return this.#attributes.get(attribute)?.float(2);
  }

  integer(attribute: string): number | undefined {
    return this.#attributes.get(attribute)?.integer(3);
  }

  integers(attribute: string): readonly number[] | undefined {
    return this.#attributes.get(attribute)?.integers(8);
  }

  floats(attribute: string): readonly number[] | undefined {
    const attributes = this.#attributes.get(attribute);
    return attributes && [...attributes.floats(7)];
  }

  text(attribute: string): string | undefined {
    return this.#attributes.get(attribute)?.text(4);
  }

  tensor(attribute: string): Constant | undefined {
    const message = this.#attributes.get(attribute)?.message(5, 'a tensor');
    return message && decodeOnnxTensor(message, `${this.label}: ${attribute}`);
  }
}

/** What is in an ONNX file. */
export interface OnnxFile {
  readonly producer: string;
  readonly metadata: ReadonlyMap<string, string>;
  readonly nodes: readonly OnnxFileNode[];
  /** Messages, which are decoded when they are needed. */
  readonly initializers: ReadonlyMap<string, ProtobufMessage>;
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
}

/**
 * Parses an ONNX file. Numbers of fields are those of onnx.proto.
 *
 * @throws {InklingError} when it is damaged, or of a version before 2017
 */
export function readOnnxFile(bytes: Uint8Array): OnnxFile {
  const model = new ProtobufMessage(bytes, 'an ONNX model');
  const graph = model.message(7, 'the graph of an ONNX model');
  if (graph === undefined) {
    throw new InklingError('expected an ONNX model with a graph, got none; get a complete copy of the file');
  }
  checkOpset(model);
  const nodes = graph.allBytes(1);
  if (nodes.length > MAX_NODES) {
    throw new InklingError(
      `expected at most ${MAX_NODES} nodes, got ${nodes.length}; import a smaller network`,
    );
  }
  const initializers = graph.messages(5, 'a tensor').map((tensor) => [tensor.text(8), tensor] as const);
  const values = (number: number) =>
    graph.messages(number, 'an input or output of the graph').map(valueInfoOf);
  return {
    producer: model.text(2),
    metadata: new Map(
      model.messages(14, 'an entry of the metadata').map((entry) => [entry.text(1), entry.text(2)]),
    ),
    nodes: nodes.map((node) => new OnnxFileNode(new ProtobufMessage(node, 'a node of the graph'))),
    initializers: new Map(initializers),
    inputs: values(11),
    outputs: values(12),
  };
}

function checkOpset(model: ProtobufMessage): void {
  const sets = model.messages(8, 'a set of operators');
  const standard = sets.find((set) => ['', 'ai.onnx'].includes(set.text(1)));
  const version = standard?.integer(2) ?? 0;
  if (version >= MIN_OPSET) return;
  throw new InklingError(
    `expected ONNX's operators in version ${MIN_OPSET} or later, got ${standard ? version : 'none'}; ` +
      'convert the file with onnx.version_converter',
  );
}

function valueInfoOf(message: ProtobufMessage): OnnxValueInfo {
  const tensor = message.message(2, 'a type')?.message(1, 'the type of a tensor');
  const axes = tensor?.message(2, 'a shape')?.messages(1, 'an axis');
  return {
    name: message.text(1),
    type: tensor?.integer(1) ?? 0,
    shape: axes?.map((axis) => {
      const size = axis.integer(1);
      return size !== undefined && size > 0 ? size : undefined;
    }),
  };
}
