import { InklingError } from '../../../core/errors.js';
import { formatShape, type Shape } from '../../../core/shape.js';
import { foldNode, onnxShape } from './foldConstants.js';
import { nameOf } from './names.js';
import { operators } from './operators/index.js';
import type { Operation } from './operators/operation.js';
import { outputShapeOf, type Piece, weightCountOf } from './pieces.js';
import type { OnnxFile, OnnxFileNode } from './readOnnxFile.js';
import { type Constant, decodeOnnxTensor } from './tensors.js';

/** A value that depends on the image. */
export interface Flow {
  /** For one image, `[height, width, channels]` or `[size]`. */
  readonly shape: Shape;
  /** Whether the channels of an image are its last axis in the file. */
  readonly isChannelsLast: boolean;
  /** What computes it; undefined for the image itself. */
  readonly origin: Origin | undefined;
  /** The last value that everything it is computed from depends on. */
  readonly dominator: Flow | undefined;
  /** The number of its dominators, and of theirs. */
  readonly depth: number;
}

export type Origin =
  | { readonly kind: 'pieces'; readonly pieces: readonly Piece[]; readonly input: Flow }
  | {
      readonly kind: 'Add' | 'Mul';
      readonly inputs: readonly [Flow, Flow];
      readonly name: string | undefined;
      readonly label: string;
    };

/** The input of the graph. */
export interface GraphInput {
  readonly name: string;
  /** `[height, width, channels]` */
  readonly shape: Shape;
  readonly isChannelsLast: boolean;
  /** The number of images, if it is fixed. */
  readonly batch: number | undefined;
}

/** Weights may be shared by nodes, and become weights of each, and constants are computed from them. */
const MAX_VALUES = 2 ** 28;

/**
 * Follows the image through the graph, and computes everything else.
 *
 * @returns the output
 * @throws {InklingError} naming the first node that is not supported, or that has an input that nothing provides
 */
export function traceGraph(file: OnnxFile, input: GraphInput, output: string): Flow {
  return new Tracer(file, input).trace(output);
}

class Tracer {
  readonly #file: OnnxFile;
  readonly #input: GraphInput;
  readonly #flows = new Map<string, Flow>();
  readonly #constants = new Map<string, Constant>();
  #values = 0;

  constructor(file: OnnxFile, input: GraphInput) {
    this.#file = file;
    this.#input = input;
    const { shape, isChannelsLast } = input;
    this.#flows.set(input.name, { shape, isChannelsLast, origin: undefined, dominator: undefined, depth: 0 });
  }

  trace(output: string): Flow {
    for (const node of neededNodes(this.#file.nodes, output)) {
      const [result] = node.outputs;
      if (this.#flows.has(result) || this.#constants.has(result) || this.#file.initializers.has(result)) {
        throw new InklingError(
          `${node.label}: expected a new name for its output, got "${result}", which another value has`,
        );
      }
      const value = this.#evaluate(node);
      if ('depth' in value) this.#flows.set(result, value);
      else {
        this.#count(value.values.length);
        this.#constants.set(result, value);
      }
    }
    const flow = this.#flows.get(output);
    if (flow !== undefined) return flow;
    throw new InklingError(
      `expected the output "${output}" to be computed from the input "${this.#input.name}", got a value that does not depend on it`,
    );
  }

  #evaluate(node: OnnxFileNode): Flow | Constant {
    const flows = node.inputs.map((name) => this.#flows.get(name));
    const computed = flows.filter((flow) => flow !== undefined);
    if (computed.length === 0) {
      const inputs = node.inputs.map((name) => (name === '' ? undefined : this.#constantOf(name, node)));
      return foldNode(node, inputs);
    }
    if (node.type === 'Shape')
      return onnxShape(computed[0].shape, computed[0].isChannelsLast, this.#input.batch);
    const operator = operators.get(node.type);
    if (operator === undefined) throw unsupportedOperator(node);
    if (computed.length > 1) return this.#combine(node, computed);
    const position = flows.indexOf(computed[0]);
    const pieces = operator(this.#operationOf(node, computed[0], position));
    return this.#flowThrough(pieces, computed[0]);
  }

  #operationOf(node: OnnxFileNode, { shape, isChannelsLast }: Flow, position: number): Operation {
    return {
      node,
      shape,
      isChannelsLast,
      position,
      batch: this.#input.batch,
      name: nameOf(node, (name) => this.#file.initializers.has(name)),
      constant: (at) => {
        const name = node.inputs.at(at) ?? '';
        return name === '' ? undefined : this.#constantOf(name, node);
      },
    };
  }

  #flowThrough(pieces: readonly Piece[], input: Flow): Flow {
    let [shape, isChannelsLast] = [input.shape, input.isChannelsLast];
    for (const piece of pieces) {
      shape = outputShapeOf(piece, shape);
      isChannelsLast = piece.kind === 'transpose' ? !isChannelsLast : isChannelsLast && shape.length === 3;
      this.#count(weightCountOf(piece));
    }
    const kept = pieces.filter(({ kind }) => kind !== 'transpose');
    const origin: Origin = { kind: 'pieces', pieces: kept, input };
    return { shape, isChannelsLast, origin, dominator: input, depth: input.depth + 1 };
  }

  #combine(node: OnnxFileNode, computed: readonly Flow[]): Flow {
    const [first, second] = computed;
    const { type: kind, label } = node;
    if (computed.length > 2 || (kind !== 'Add' && kind !== 'Mul')) {
      throw new InklingError(
        `${label}: expected one input that depends on the image, or two of Add or Mul, got ${computed.length} of ${kind}`,
      );
    }
    const larger =
      first.shape[0] * (first.shape.at(1) ?? 1) < second.shape[0] * (second.shape.at(1) ?? 1)
        ? second
        : first;
    const isSame = formatShape(first.shape) === formatShape(second.shape);
    if ((!isSame && (kind === 'Add' || !areFactors(first, second))) || !haveSameLayout(first, second)) {
      throw new InklingError(
        `${label}: expected two values of the same shape, got ${formatShape(first.shape)} and ${formatShape(second.shape)}`,
      );
    }
    const dominator = commonDominator(first, second);
    const name = nameOf(node, () => false);
    const origin: Origin = { kind, inputs: [first, second], name, label };
    const { shape, isChannelsLast } = larger;
    return { shape, isChannelsLast, origin, dominator, depth: dominator.depth + 1 };
  }

  /** Bounds the memory for copies of weights. */
  #count(values: number): void {
    this.#values += values;
    if (this.#values <= MAX_VALUES) return;
    throw new InklingError(`expected at most ${MAX_VALUES} weights, got more; import a smaller network`);
  }

  #constantOf(name: string, node: OnnxFileNode): Constant {
    const known = this.#constants.get(name);
    if (known !== undefined) return known;
    const initializer = this.#file.initializers.get(name);
    if (initializer !== undefined) {
      const constant = decodeOnnxTensor(initializer, `tensor "${name}"`);
      this.#constants.set(name, constant);
      return constant;
    }
    const isFlow = this.#flows.has(name);
    throw new InklingError(
      isFlow
        ? `${node.label}: expected constants besides its first input, got "${name}", which depends on the image`
        : `${node.label}: expected an earlier node or an initializer for its input "${name}", got none; ` +
            'the file is incomplete, or its nodes form a cycle: export it again',
    );
  }
}

/** Whether one value is a factor for each channel of the other. */
export function areFactors(first: Flow, second: Flow): boolean {
  const [a, b] = [first.shape, second.shape];
  if (a.length !== 3 || b.length !== 3 || a[2] !== b[2]) return false;
  return a[0] * a[1] === 1 || b[0] * b[1] === 1;
}

/** Whether the axes of two values are in the same order, which does not matter for an image of one pixel. */
function haveSameLayout(first: Flow, second: Flow): boolean {
  const isPixel = ({ shape }: Flow) => shape.length === 3 && shape[0] * shape[1] === 1;
  return first.isChannelsLast === second.isChannelsLast || isPixel(first) || isPixel(second);
}

/** The nodes that the output depends on, in their order. */
function neededNodes(nodes: readonly OnnxFileNode[], output: string): readonly OnnxFileNode[] {
  const needed = new Set([output]);
  const kept = nodes.toReversed().filter(({ inputs, outputs }) => {
    if (!outputs.some((name) => needed.has(name))) return false;
    for (const name of inputs) needed.add(name);
    return true;
  });
  return kept.reverse();
}

function commonDominator(first: Flow, second: Flow): Flow {
  let [a, b] = [first, second];
  while (a !== b) {
    if (a.depth >= b.depth && a.dominator !== undefined) a = a.dominator;
    else if (b.dominator !== undefined) b = b.dominator;
  }
  return a;
}

function unsupportedOperator(node: OnnxFileNode): InklingError {
  const known = [...operators.keys()].sort().join(', ');
  return new InklingError(
    `${node.label}: the operator ${node.type} is not supported for what depends on the image; expected one of ${known}; ` +
      'import another network, or replace the operator before the export',
  );
}
