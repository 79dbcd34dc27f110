import { checkArguments } from '../../core/arguments/checkArguments.js';
import { checkOptions } from '../../core/arguments/checkOptions.js';
import * as kinds from '../../core/arguments/kinds.js';
import { UsageError } from '../../core/errors.js';
import { VERSION } from '../../core/version.js';
import { containerDefinitionOf, isContainer } from '../../layers/index.js';
import { type OnnxNode, onnxOutput } from '../../layers/onnx.js';
import { onnxNodesOf } from '../../layers/onnxNodes.js';
import { resolveModel } from '../../models/resolve.js';
import type { ResolvedLayer } from '../../models/resolved.js';
import { checkClasses, inputKindOfModel, type SavedModel } from '../checkpoint.js';
import { toStateDict } from '../torch/stateDict.js';
import { encodeModel, type Tensor } from './messages.js';
import { preprocessingOf } from './preprocessing.js';

/** The names of the graph's input and output. */
export const ONNX_INPUT = 'pixels';
export const ONNX_OUTPUT = 'logits';

/** The version of the file format for each version of the operator set. Source: ONNX's table of releases. */
const IR_VERSIONS: ReadonlyMap<number, number> = new Map([
  [13, 7],
  [14, 7],
  [15, 8],
  [16, 8],
  [17, 8],
  [18, 8],
  [19, 9],
  [20, 9],
  [21, 10],
  [22, 10],
]);

export const MIN_OPSET = Math.min(...IR_VERSIONS.keys());
export const MAX_OPSET = Math.max(...IR_VERSIONS.keys());
/** The default of PyTorch's exporter, which all current runtimes support. */
export const DEFAULT_OPSET = 17;

/** How a model is encoded as ONNX. */
export interface OnnxOptions {
  /** The version of the operator set, from 13 to 22; by default 17, which all current runtimes support. */
  readonly opset?: number | undefined;
}

/**
 * Encodes an ONNX file of the model in evaluation mode, for batches of any size: from `pixels` `[batch, channels, height,
 * width]`, float32 from 0 to 1, to `logits` `[batch, classes]`. Tensors have PyTorch's names and layouts. The metadata contain the names of
 * the classes, how images become pixels, and the calibration: the temperature that logits are divided by before softmax, and the thresholds
 * below which a prediction is doubtful.
 *
 * @throws {UsageError} for anything but a trained model, or another version
 * @throws {InklingError} if the weights or classes do not match the model
 */
export function encodeOnnx(saved: SavedModel, options: OnnxOptions = {}): Uint8Array<ArrayBuffer> {
  checkArguments('encodeOnnx', { saved });
  checkOptions('encodeOnnx', options, { opset: kinds.anything });
  const { model, weights, classes, dataset, inputKind, batches, calibration } = saved;
  const { opset = DEFAULT_OPSET } = options;
  const irVersion = IR_VERSIONS.get(opset);
  if (irVersion === undefined) {
    throw new UsageError(`opset: expected ${MIN_OPSET} to ${MAX_OPSET}, got ${opset}`);
  }
  checkClasses(model, classes, model.name);
  const tensors: Tensor[] = [];
  for (const [name, { dtype, shape, values }] of toStateDict(model, weights, batches)) {
    // Counters of batches are only needed in training.
    if (dtype === 'F32') tensors.push({ name, shape, values });
  }
  const [height, width, channels] = model.input;
  return encodeModel(
    {
      name: model.name,
      nodes: graphOf(resolveModel(model).layers, opset),
      tensors,
      input: {
        name: ONNX_INPUT,
        shape: ['batch', channels, height, width],
        description: 'Images, channels first. Divide pixels from 0 to 255 by 255.',
      },
      output: {
        name: ONNX_OUTPUT,
        shape: ['batch', classes.length],
        description:
          'One number per class, in the order of "classes" in the metadata; softmax converts them to probabilities, ' +
          'which are calibrated if they are divided by the temperature of "calibration" in the metadata first.',
      },
    },
    {
      irVersion,
      opset,
      producer: 'inkling',
      producerVersion: VERSION,
      metadata: {
        model: model.name,
        dataset,
        classes: JSON.stringify(classes),
        preprocessing: JSON.stringify(preprocessingOf(inputKindOfModel({ inputKind, model }), model.input)),
        ...(inputKind && { inputKind }),
        // The familiarity of an image needs more than the logits.
        ...(calibration && { calibration: JSON.stringify({ ...calibration, familiarity: undefined }) }),
      },
    },
  );
}

/** The nodes of the model's layers; layers that are the identity in evaluation have none. */
function graphOf(layers: readonly ResolvedLayer[], opset: number): readonly OnnxNode[] {
  const nodes: OnnxNode[] = [];
  const last = addNodes(nodes, layers, ONNX_INPUT, opset);
  return nodes.map((node) => (node.output === last ? { ...node, output: ONNX_OUTPUT } : node));
}

/** Adds the nodes of a sequence of layers; returns the name of the last layer's output. */
function addNodes(nodes: OnnxNode[], layers: readonly ResolvedLayer[], input: string, opset: number): string {
  let value = input;
  for (const {
    name,
    layer,
    input: { shape },
    parameters,
    branches,
  } of layers) {
    if (isContainer(layer)) {
      const { onnxOperator: type } = containerDefinitionOf(layer);
      const inputs = [branches?.layers ?? [], branches?.shortcut ?? []].map((branch) =>
        addNodes(nodes, branch, value, opset),
      );
      nodes.push({ name, type, inputs, output: onnxOutput(name), attributes: {} });
    } else {
      const names = parameters.map((parameter) => `${name}.${parameter.name}`);
      const added = onnxNodesOf(layer, { name, input: value, shape, parameters: names, opset });
      if (added.length === 0) continue;
      nodes.push(...added);
    }
    value = onnxOutput(name);
  }
  return value;
}
