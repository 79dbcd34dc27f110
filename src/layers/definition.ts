import * as z from 'zod/mini';
import { optional } from '../core/fields.js';
import { UsageError } from '../core/errors.js';
import { nonEmptyString, validate } from '../core/validate.js';
import type { Pair } from '../core/shape.js';
import { type Activation, noHalo, type ParameterSpec, type PlanContext, type PlannedLayer } from './layer.js';

const layerName = optional(nonEmptyString, 'Name in PyTorch; the names of its weights begin with it', {
  defaultText: 'index in the list of layers',
});

/** The schema of a layer's record: its type, its name and the fields of its own. */
export type LayerSchema<Type extends string, Fields extends z.core.$ZodShape> = z.ZodMiniObject<
  z.core.util.Writeable<ReturnType<typeof layerFields<Type>> & Fields>,
  z.core.$strict
>;

/** A layer as plain data, as models hold it. */
export type LayerRecord<Type extends string, Fields extends z.core.$ZodShape> = Readonly<
  z.infer<LayerSchema<Type, Fields>>
>;

/** What every kind of layer must define, because no default would be right. */
interface RequiredParts<Layer> {
  /** What it computes, in Markdown, for the documentation. */
  readonly description: string;
  /**
   * @param who the layer's name and type, for error messages
   * @throws {InklingError} when the layer does not accept this input
   */
  inferOutput(layer: Layer, input: Activation, who: string): Activation;
  /** Adds the layer's operations to a plan. */
  plan(layer: Layer, context: PlanContext): PlannedLayer;
  /** The Python expression that constructs the layer from `torch.nn`, such as `nn.ReLU()`. */
  torchModule(layer: Layer, input: Activation): string;
}

/** What a kind of layer defines only where it differs from the default. */
interface OptionalParts<Layer> {
  /** Tensors saved with the model. Default: none. */
  parameters(layer: Layer, input: Activation): readonly ParameterSpec[];
  /** Multiply-adds for one image. Default: 0. */
  multiplyAdds(layer: Layer, input: Activation, output: Activation): number;
  /** True if the output is the input's tensor, overwritten or reshaped, and so for the gradients. Default: false. */
  readonly inPlace: boolean;
  /** True if the backward pass reads the layer's output. Default: false. */
  readonly backwardReadsOutput: boolean;
  /** Zeros needed around the input; `same` if the layer works in place. Default: none. */
  inputHalo(layer: Layer, input: Activation): Pair | 'same';
  /** Zeros needed around the gradient of the output; `same` if the layer works in place. Default: none. */
  outputGradHalo(layer: Layer, input: Activation): Pair | 'same';
}

/** Everything the program knows about one kind of layer. */
export interface LayerDefinition<Layer, Schema extends z.ZodMiniType = z.ZodMiniType<Layer>>
  extends RequiredParts<Layer>, OptionalParts<Layer> {
  readonly schema: Schema;
}

type Options<Layer> = Omit<Layer, 'type'>;

/** Makes layers of one kind, and carries their definition. */
export interface LayerConstructor<Type extends string, Fields extends z.core.$ZodShape> {
  (
    ...options: object extends Options<LayerRecord<Type, Fields>>
      ? [options?: Options<LayerRecord<Type, Fields>>]
      : [options: Options<LayerRecord<Type, Fields>>]
  ): LayerRecord<Type, Fields>;
  readonly definition: LayerDefinition<LayerRecord<Type, Fields>, LayerSchema<Type, Fields>>;
}

type Parts<Layer, Fields> = RequiredParts<Layer> &
  Partial<OptionalParts<Layer>> & {
    /** The fields besides `type` and `name`, each with a description and, if optional, a default. */
    readonly fields: Fields;
  };

/** The fields that every layer has. */
export function layerFields<const Type extends string>(type: Type) {
  return { type: z.literal(type), name: layerName };
}

/** @param type the value of `type` in the layer's record */
export function defineLayer<const Type extends string, Fields extends z.core.$ZodShape>(
  type: Type,
  { fields, ...parts }: Parts<LayerRecord<Type, Fields>, Fields>,
): LayerConstructor<Type, Fields> {
  const schema = z.strictObject({ ...layerFields(type), ...fields }).check(z.describe(parts.description));
  const definition = {
    parameters: () => [],
    multiplyAdds: () => 0,
    inPlace: false,
    backwardReadsOutput: false,
    inputHalo: noHalo,
    outputGradHalo: noHalo,
    ...parts,
    schema,
  };
  const create = (options: object = {}) => validate(schema, { type, ...options }, type, UsageError);
  return Object.assign(create, { definition });
}
