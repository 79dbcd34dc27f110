import { checkOptions, type OptionKinds } from '../../../core/arguments/checkOptions.js';
import * as kinds from '../../../core/arguments/kinds.js';
import { describeType } from '../../../core/checkPixels.js';
import { InklingError, UsageError } from '../../../core/errors.js';
import { parseJson } from '../../../core/json.js';
import type { Shape } from '../../../core/shape.js';
import { nonEmptyString, validate } from '../../../core/validate.js';
import * as z from 'zod/mini';
import { INPUT_KINDS, type InputKind } from '../../../images/inputKind.js';
import type { Model } from '../../../models/model.js';
import { resolveModel } from '../../../models/resolve.js';
import { type Calibration, calibrationSchema } from '../../calibrationRecord.js';
import { checkClasses, type ModelDefinition, type SavedModel } from '../../checkpoint.js';
import type { SavedTensor } from '../../dtypes.js';
import { nameErrors } from '../../nameErrors.js';
import { fromStateDict } from '../../torch/stateDict.js';
import { findInput, findOutput } from './graphEnds.js';
import { layersOf } from './layers.js';
import { readOnnxFile } from './readOnnxFile.js';
import { sequenceTo } from './sequence.js';
import { traceGraph } from './traceGraph.js';

/** How an ONNX file is decoded. */
export interface OnnxImportOptions extends Pick<ModelDefinition, 'inputKind'> {
  /** The size of the images, `[height, width]` or `[height, width, channels]`, for a file that leaves it open. */
  readonly input?: Shape | undefined;
  /** A name for each of the outputs; by default those in the file, which files exported by Inkling contain. */
  readonly classes?: readonly string[] | undefined;
  /** The name of the data set that the model was trained on. */
  readonly dataset?: string | undefined;
  /** The name of a model whose file contains none; by default `model`. */
  readonly name?: string | undefined;
  /** What errors call the file. */
  readonly source?: string | undefined;
}

const OPTIONS: OptionKinds<OnnxImportOptions> = {
  input: kinds.anything,
  classes: kinds.names,
  inputKind: kinds.oneOf(INPUT_KINDS),
  dataset: kinds.anything,
  name: kinds.text,
  source: kinds.text,
};

/** What Inkling's own files state as their producer. */
export const PRODUCER = 'inkling';

const classesSchema = z.readonly(z.array(nonEmptyString));

/** A network from a file, whose weights are not converted yet. */
export interface OnnxNetwork {
  readonly model: Model;
  /** By PyTorch's names, in its layout. */
  readonly tensors: Map<string, SavedTensor>;
  /** Only files that Inkling exported contain names of classes and of a data set. */
  readonly classes: readonly string[] | undefined;
  readonly dataset: string | undefined;
  /** What kind of input it takes, which only files that Inkling exported state. */
  readonly inputKind: InputKind | undefined;
  /** Of a model that Inkling calibrated and exported, without the features of its training images. */
  readonly calibration: Calibration | undefined;
}

/**
 * Decodes a network that classifies images from an ONNX file, without executing anything in it. Its layers and weights have the names of
 * PyTorch's modules where the file contains them.
 *
 * @throws {InklingError} when the file is damaged or contains anything that no layer stands for, naming the node; when its image size is
 *   not fixed and not given; or when there are no class names, or not one for each output
 */
export function decodeOnnx(bytes: Uint8Array, options: OnnxImportOptions = {}): SavedModel {
  checkOptions('decodeOnnx', options, OPTIONS);
  const { source = DEFAULT_SOURCE } = options;
  const { model, tensors, ...found } = decodeOnnxNetwork(bytes, options);
  const { classes = found.classes, dataset = found.dataset ?? '', inputKind = found.inputKind } = options;
  if (classes === undefined) {
    throw new InklingError(
      `${source}: expected class names, which files exported by Inkling contain, got none; pass them as classes`,
    );
  }
  checkClasses(model, classes, source);
  const { calibration } = found;
  return {
    model,
    classes,
    dataset,
    inputKind,
    ...fromStateDict(model, tensors, source),
    ...(calibration && { calibration }),
  };
}

const DEFAULT_SOURCE = 'model.onnx';

/**
 * Like `decodeOnnx`, but for files without class names.
 *
 * @throws {UsageError} for anything but bytes
 */
export function decodeOnnxNetwork(
  bytes: Uint8Array,
  { input: given, source = DEFAULT_SOURCE, ...options }: Omit<OnnxImportOptions, 'classes'>,
): OnnxNetwork {
  if (!(bytes instanceof Uint8Array)) {
    throw new UsageError(`${source}: expected its bytes as a Uint8Array, got ${describeType(bytes)}`);
  }
  return nameErrors(source, () => {
    const file = readOnnxFile(bytes);
    const input = findInput(file, given);
    const pieces = sequenceTo(traceGraph(file, input, findOutput(file)));
    // Models output logits.
    const { layers, tensors } = layersOf(pieces.at(-1)?.kind === 'softmax' ? pieces.slice(0, -1) : pieces);
    const [height, width, channels] = input.shape;
    const metadata = file.producer === PRODUCER ? file.metadata : undefined;
    const name = [metadata?.get('model'), options.name].find((each) => each) ?? 'model';
    const model: Model = { name, input: [height, width, channels], layers };
    // Layers must also fit together, and output a vector.
    resolveModel(model);
    const inputKind = INPUT_KINDS.find((kind) => kind === metadata?.get('inputKind'));
    return {
      model,
      tensors,
      classes: entryOf(metadata, 'classes', classesSchema, 'its class names'),
      dataset: metadata?.get('dataset'),
      inputKind,
      calibration: entryOf(metadata, 'calibration', calibrationSchema, 'its calibration'),
    };
  });
}

/** An optional entry of the metadata. */
function entryOf<Schema extends z.ZodMiniType>(
  metadata: ReadonlyMap<string, string> | undefined,
  key: string,
  schema: Schema,
  what: string,
): z.output<Schema> | undefined {
  const entry = metadata?.get(key);
  return entry === undefined ? undefined : validate(schema, parseJson(entry, what), what);
}
