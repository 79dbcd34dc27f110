import { type Shape, sizeOf } from '../core/shape.js';
import type { LayerType } from '../layers/index.js';
import { activationBytesPerImage, FLOAT_BYTES } from './activationBytes.js';
import type { ResolvedModel } from './resolved.js';

/** One row of a model's table; a residual follows the layers inside it. */
export interface LayerSummary {
  readonly name: string;
  readonly type: LayerType;
  /** For one image: `[height, width, channels]`, or `[features]`. */
  readonly output: Shape;
  /** Trainable parameters. */
  readonly parameters: number;
  /** For one image. */
  readonly multiplyAdds: number;
}

/** The size of a model. */
export interface ModelTotals {
  readonly parameters: number;
  /** For one image. */
  readonly multiplyAdds: number;
  readonly parameterBytes: number;
  /** All outputs for one image, which training keeps for the backward pass. */
  readonly activationBytesPerImage: number;
}

/** A row for each layer of a model, and their totals. */
export interface ModelSummary {
  readonly rows: readonly LayerSummary[];
  readonly totals: ModelTotals;
}

/** A model, layer by layer. */
export function summarize(model: ResolvedModel): ModelSummary {
  const { allLayers, parameterCount, multiplyAdds } = model;
  const rows = allLayers.map(({ name, layer, output, parameters, ...own }) => ({
    name,
    type: layer.type,
    output: output.shape,
    parameters: sum(parameters.filter(({ trained }) => trained).map(({ shape }) => sizeOf(shape))),
    multiplyAdds: own.multiplyAdds,
  }));
  return {
    rows,
    totals: {
      parameters: parameterCount,
      multiplyAdds,
      parameterBytes: parameterCount * FLOAT_BYTES,
      activationBytesPerImage: activationBytesPerImage(model),
    },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
