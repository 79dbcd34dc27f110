import * as z from 'zod/mini';
import { checkArray } from '../core/arguments/checkArguments.js';
import type { LayerDefinition } from './definition.js';
import * as kinds from './generated/kinds.js';
import type { ContainerDefinition } from './containers/container.js';
import { residualDefinition, residualOf, type ResidualOf, residualSchemaOf } from './containers/residual.js';
import {
  squeezeExcitationDefinition,
  squeezeExcitationOf,
  type SqueezeExcitationOf,
  squeezeExcitationSchemaOf,
} from './containers/squeezeExcitation.js';

export * from './generated/kinds.js';

/** A layer that holds no others. */
export type SimpleLayer = ReturnType<(typeof kinds)[keyof typeof kinds]>;

/** A layer that holds others, of any kind `Inner`. */
export type ContainerOf<Inner> = ResidualOf<Inner> | SqueezeExcitationOf<Inner>;
export type Container = ContainerOf<Layer>;
/** A layer of a model, as data. */
export type Layer = SimpleLayer | ResidualOf<Layer> | SqueezeExcitationOf<Layer>;
export type LayerType = Layer['type'];

/**
 * A residual block, which adds its input or a projection of it to the output of its layers.
 *
 * @throws {UsageError} unless the options have layers
 */
export function residual(options: Omit<ResidualOf<Layer>, 'type'>): ResidualOf<Layer> {
  checkLayers('residual', options);
  return residualOf(options);
}

/**
 * A squeeze-and-excitation block, which multiplies each channel of its input by a factor that its layers compute.
 *
 * @throws {UsageError} unless the options have layers
 */
export function squeezeExcitation(
  options: Omit<SqueezeExcitationOf<Layer>, 'type'>,
): SqueezeExcitationOf<Layer> {
  checkLayers('squeezeExcitation', options);
  return squeezeExcitationOf(options);
}

function checkLayers(who: string, options: object): void {
  const { layers }: { readonly layers?: unknown } = { ...options };
  checkArray(`${who}: layers`, layers, 'layers');
}

export function isContainer(layer: Layer): layer is Container {
  return 'layers' in layer;
}

const containerDefinitions: Readonly<Record<Container['type'], ContainerDefinition>> = {
  residual: residualDefinition,
  squeezeExcitation: squeezeExcitationDefinition,
};

/** The definition of a container's kind. */
export function containerDefinitionOf({ type }: Container): ContainerDefinition {
  return containerDefinitions[type];
}

/** The definition of a layer's kind. */
export function definitionOf(layer: SimpleLayer): LayerDefinition<SimpleLayer> {
  return kinds[layer.type].definition;
}

const simpleSchemas = Object.values(kinds).map(({ definition }) => definition.schema);

/** The type of the layers that a schema describes. */
export function typeOfSchema<Type extends LayerType>(schema: {
  readonly shape: { readonly type: z.ZodMiniLiteral<Type> };
}): Type {
  return schema.shape.type.def.values[0];
}

/** The schema of a kind of simple layer; undefined for other types. */
export function simpleLayerSchema(type: string) {
  return simpleSchemas.find((schema) => typeOfSchema(schema) === type);
}

/** @param layer the schema of the layers inside */
function containerSchemas<Inner>(layer: z.ZodMiniType<Inner>) {
  return [residualSchemaOf(layer), squeezeExcitationSchemaOf(layer)] as const;
}

const unparsedContainers = containerSchemas(z.unknown());

/** The schema of a kind of container whose layers are not validated; undefined for other types. */
export function containerSchema(type: string): z.ZodMiniType<ContainerOf<unknown>> | undefined {
  return unparsedContainers.find((schema) => typeOfSchema(schema) === type);
}

const containers = containerSchemas(z.lazy((): z.ZodMiniType<Layer> => layerSchema));

/** The schemas of all kinds of layers, for the documentation; sorted by type. */
export const layerSchemas = [...simpleSchemas, ...containers] as const;

export const layerSchema = z.discriminatedUnion('type', [...containers, ...simpleSchemas]);

/** In alphabetical order. */
export const layerTypes: readonly string[] = [
  ...Object.keys(kinds),
  ...Object.keys(containerDefinitions),
].sort();
