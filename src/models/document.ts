import * as z from 'zod/mini';
import { checkOptions, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { InklingError, UsageError } from '../core/errors.js';
import { optional } from '../core/fields.js';
import { formatShape } from '../core/shape.js';
import { unknownName } from '../core/suggest.js';
import { validate } from '../core/validate.js';
import { containerSchema, type Layer, layerTypes, simpleLayerSchema } from '../layers/index.js';
import { type Model, modelSchema } from './model.js';
import { type PresetOptions, presetOptionsSchema } from './presetOptions.js';
import { resolveModel } from './resolve.js';
import { shortcutNameOf } from './resolved.js';

/** Layers within each other. */
const MAX_NESTING = 32;

/** Stands for the number of classes of the data set. */
const CLASSES = 'classes';

/** The fields of a model file. Its layers are validated one by one, so that errors name the layer. */
export const documentSchema = z.strictObject({
  name: optional(modelSchema.shape.name, 'Name of the model', {
    defaultText: "the file's name without `.json`",
  }),
  input: optional(modelSchema.shape.input, 'Shape of one input image: `[height, width, channels]`', {
    defaultText: "the shape of the data set's images",
  }),
  layers: z.readonly(z.array(z.unknown()).check(z.minLength(1))).check(z.describe('The layers, in order')),
  probesWithZeros: modelSchema.shape.probesWithZeros,
});

const layerHeadSchema = z.looseObject({ type: z.string(), name: z.optional(z.string()) });

/** What a document fits, and what it is called. */
export interface DocumentOptions extends PresetOptions {
  /** What errors call the document, such as the name of its file. */
  readonly source?: string | undefined;
  /** The name of a document without one; by default its source. */
  readonly name?: string | undefined;
}

const OPTIONS: OptionKinds<DocumentOptions> = {
  input: kinds.anything,
  classes: kinds.anything,
  source: kinds.text,
  name: kinds.text,
};

/**
 * The model that a document describes. A document is an object like a `Model` that may omit `name` and `input`, and set
 * `outFeatures` of a linear layer to `"classes"`: it then fits images of any size and any number of classes.
 *
 * @param document parsed JSON, or a value of the same form
 * @throws {UsageError} unless the options are a shape and a number of classes
 * @throws {InklingError} naming the first layer that is invalid or does not fit its input; or when the input shape or the
 * number of outputs does not match the data set
 */
export function modelFrom(document: unknown, options: DocumentOptions): Model {
  checkOptions('modelFrom', options, OPTIONS, '{ input: [28, 28, 1], classes: 10 }');
  const { source = 'model', name = source, ...given } = options;
  const { input, classes } = validate(presetOptionsSchema, given, source, UsageError);
  const parsed = parseDocument(document, classes, source);
  const [height, width, channels] = input;
  const model: Model = {
    ...parsed,
    name: parsed.name ?? name,
    input: parsed.input ?? [height, width, channels],
  };
  if (formatShape(model.input) !== formatShape(input)) {
    throw new InklingError(
      `${source}: expects images of ${formatShape(model.input)}, but the data set has images of ${formatShape(input)}; ` +
        'omit "input" to accept any size',
    );
  }
  const { classes: outputs } = resolveModel(model);
  if (outputs !== classes) {
    throw new InklingError(
      `${source}: its last layer has ${outputs} outputs, but there are ${classes} classes; ` +
        `set its "outFeatures" to "${CLASSES}" to match any number of classes`,
    );
  }
  return model;
}

/**
 * Parses a document: each of its layers is then valid, but they may not fit together.
 *
 * @throws {InklingError} naming the first layer that is invalid
 */
export function parseDocument(document: unknown, classes: number, who: string) {
  const { layers, ...rest } = validate(documentSchema, document, who);
  return { ...rest, layers: parseLayers(layers, { who, classes, prefix: '', nesting: 0 }) };
}

interface Context {
  readonly who: string;
  readonly classes: number;
  /** The prefix of the layers' names. */
  readonly prefix: string;
  /** The number of layers that contain them. */
  readonly nesting: number;
}

function parseLayers(values: readonly unknown[], context: Context): Layer[] {
  return values.map((value, position) => parseLayer(value, position, context));
}

function parseLayer(value: unknown, position: number, { who, classes, prefix, nesting }: Context): Layer {
  const own = `${prefix}${String(position)}`;
  const head = validate(layerHeadSchema, value, `${who}: layer ${own}`);
  const name = head.name === undefined ? own : prefix + head.name;
  const label = `${who}: ${name} (${head.type})`;
  const schemaOfContainer = containerSchema(head.type);
  if (schemaOfContainer !== undefined) {
    if (nesting === MAX_NESTING) {
      throw new InklingError(
        `${who}: expected at most ${MAX_NESTING} layers within each other, got more; nest fewer`,
      );
    }
    const container = validate(schemaOfContainer, value, label);
    const inside = { who, classes, prefix: `${name}.`, nesting: nesting + 1 };
    const layers = parseLayers(container.layers, inside);
    if (container.type !== 'residual') return { ...container, layers };
    const { shortcut } = container;
    const parsed =
      shortcut && parseLayers(shortcut, { ...inside, prefix: `${name}.${shortcutNameOf(container)}.` });
    return { ...container, layers, shortcut: parsed };
  }
  const schema = simpleLayerSchema(head.type);
  if (schema === undefined) {
    throw new InklingError(`${who}: layer ${name}: ${unknownName('layer type', head.type, layerTypes)}`);
  }
  return validate(schema, head.outFeatures === CLASSES ? { ...head, outFeatures: classes } : head, label);
}
