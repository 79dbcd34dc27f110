import * as z from 'zod/mini';
import type { LayerDefinition } from './definition.js';
import * as kinds from './generated/kinds.js';
import { residualOf, type ResidualOf, residualSchemaOf } from './residual.js';

export * from './generated/kinds.js';
export { residualSchemaOf };

/** A layer that holds no others. */
export type SimpleLayer = ReturnType<(typeof kinds)[keyof typeof kinds]>;

/** A residual block, as data. */
export type Residual = ResidualOf<Layer>;
/** A layer of a model, as data. */
export type Layer = SimpleLayer | Residual;
export type LayerType = Layer['type'];

/** A residual block, which adds its input or a projection of it to the output of its layers. */
export const residual = residualOf<Layer>;

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

const anyLayer = z.lazy((): z.ZodMiniType<Layer> => layerSchema);

/** The schemas of all kinds of layers, for the documentation; sorted by type. */
export const layerSchemas = [...simpleSchemas, residualSchemaOf(anyLayer)] as const;

export const layerSchema = z.discriminatedUnion('type', [residualSchemaOf(anyLayer), ...simpleSchemas]);

/** In alphabetical order. */
export const layerTypes: readonly string[] = [...Object.keys(kinds), 'residual'].sort();
