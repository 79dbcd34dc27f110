import { type Shape, sizeOf } from '../core/shape.js';
import type { LayerType } from '../layers/index.js';
import { type Model, placeLayers } from './model.js';

const FLOAT_BYTES = 4;

/** Layers that hand on the tensor they get, written over or seen in another shape: they take no memory of their own. */
const IN_PLACE: ReadonlySet<LayerType> = new Set<LayerType>(['relu', 'dropout', 'flatten']);

/** One layer of a model's table. */
export interface LayerSummary {
  readonly name: string;
  readonly type: LayerType;
  /** For one image: `[height, width, channels]`, or `[features]`. */
  readonly output: Shape;
  /** Numbers that training adjusts. */
  readonly parameters: number;
  /** For one image. */
  readonly multiplyAdds: number;
}

/** What a model takes, as a whole. */
export interface ModelTotals {
  readonly parameters: number;
  /** For one image. */
  readonly multiplyAdds: number;
  readonly parameterBytes: number;
  /** All outputs of one image that are kept at a time, for the way back. */
  readonly activationBytesPerImage: number;
}

export interface ModelSummary {
  readonly rows: readonly LayerSummary[];
  readonly totals: ModelTotals;
}

/**
 * A model, layer by layer.
 *
 * @throws {InklingError} naming the first layer that cannot take what it gets
 */
export function summarize(model: Model): ModelSummary {
  const placed = placeLayers(model);
  const rows = placed.map(({ name, layer, output, parameters, multiplyAdds }) => ({
    name,
    type: layer.type,
    output: output.shape,
    parameters: sum(parameters.filter(({ trained }) => trained).map(({ shape }) => sizeOf(shape))),
    multiplyAdds,
  }));
  const parameters = sum(rows.map((row) => row.parameters));
  const kept = rows.filter(({ type }) => !IN_PLACE.has(type));
  return {
    rows,
    totals: {
      parameters,
      multiplyAdds: sum(rows.map((row) => row.multiplyAdds)),
      parameterBytes: parameters * FLOAT_BYTES,
      activationBytesPerImage: sum(kept.map(({ output }) => sizeOf(output))) * FLOAT_BYTES,
    },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
