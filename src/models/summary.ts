import { checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { type Shape, sizeOf } from '../core/shape.js';
import type { LayerType } from '../layers/index.js';
import { BYTES_PER_ELEMENT } from '../plan/tensor.js';
import { activationBytesPerImage } from './activationBytes.js';
import type { ResolvedModel } from './resolved.js';

/** One row of a model's table; a container follows the layers inside it. */
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
  /** Memory for the outputs of layers and their gradients, for each image of a training batch. */
  readonly activationBytesPerImage: number;
  /** Memory for the outputs of layers, for each image of a batch in inference. */
  readonly inferenceBytesPerImage: number;
}

/** A row for each layer of a model, and their totals. */
export interface ModelSummary {
  readonly rows: readonly LayerSummary[];
  readonly totals: ModelTotals;
}

/**
 * A model, layer by layer.
 *
 * @throws {UsageError} for anything but a resolved model
 */
export function summarize(model: ResolvedModel): ModelSummary {
  checkValues('summarize', { model }, { model: kinds.resolvedModel });
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
      parameterBytes: parameterCount * BYTES_PER_ELEMENT.f32,
      activationBytesPerImage: activationBytesPerImage(model, 'training'),
      inferenceBytesPerImage: activationBytesPerImage(model, 'evaluation'),
    },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
