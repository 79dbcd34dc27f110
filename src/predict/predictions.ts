import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import type { FileResult } from '../core/files/fileResult.js';
import { sizeOf } from '../core/shape.js';
import type { ModelInputs } from '../images/concern.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { layersToObserve } from './calibration.js';
import type { ModelOutputs } from './compiledModel.js';
import { assessDoubt, type Doubt } from './doubt.js';
import { featuresOf } from './features.js';
import { rank, type RankedClass } from './ranking.js';

/** What a model predicts for one image: the most likely class, and whether to rely on it. */
export interface Prediction extends RankedClass, Doubt {
  /** The most likely classes, best first; the first is the predicted one. */
  readonly top: readonly RankedClass[];
}

/** The predictions for an image file, or why there are none. */
export type FilePrediction = FileResult<{
  /** One for the image, or one for each digit of a number. */
  readonly images: readonly Prediction[];
  /** A note if only a part of the file was read, such as its first frame. */
  readonly note?: string;
}>;

const INPUTS: kinds.Kind = {
  what: "a model's inputs, such as { pixels, concerns: [] }",
  accepts: (value) => kinds.hasField(value, 'pixels') && kinds.hasField(value, 'concerns'),
};

const OUTPUTS: kinds.Kind = {
  what: "a model's outputs, such as await compiled.run(pixels)",
  accepts: (value) => kinds.hasField(value, 'logits') && kinds.hasField(value, 'activations'),
};

/**
 * Predictions from a model's outputs.
 *
 * @param inputs that the outputs were computed from
 * @param outputs with the activations of `layersToObserve`, without which only the logits are judged
 * @param count how many classes to rank for each image, at least 1
 * @throws {UsageError} for anything else
 */
export function predictionsOf(
  inputs: ModelInputs,
  outputs: Pick<ModelOutputs, 'logits' | 'activations'>,
  saved: SavedModel,
  count: number,
): Prediction[] {
  checkArguments('predictionsOf', { saved });
  checkValues(
    'predictionsOf',
    { inputs, outputs, count },
    { inputs: INPUTS, outputs: OUTPUTS, count: kinds.count },
  );
  const { pixels, concerns } = inputs;
  const { logits, activations } = outputs;
  const { classes, model, calibration } = saved;
  const size = sizeOf(model.input);
  const observed = layersToObserve(calibration)
    .flatMap((layer) => activations.get(layer) ?? [])
    .at(0);
  const features = observed && featuresOf(observed);
  return rank(logits, { classes, calibration, count }).map((top, image) => {
    const evidence = {
      logits: logits.subarray(image * classes.length, (image + 1) * classes.length),
      features: features?.values.subarray(image * features.size, (image + 1) * features.size),
      pixels: pixels.subarray(image * size, (image + 1) * size),
      shape: model.input,
      concerns,
    };
    return { ...top[0], ...assessDoubt(evidence, calibration), top };
  });
}

/** The predicted class of an image, or the digits of a number as one word. */
export function labelOf(images: readonly Prediction[]): string {
  return images.map((image) => image.class).join('');
}

/** The probability that all predictions are correct, if they are independent. */
export function confidenceOf(images: readonly Prediction[]): number {
  return images.reduce((product, { confidence }) => product * confidence, 1);
}

/** The reasons to doubt any of the predictions, each once. */
export function doubtOf(images: readonly Prediction[]): Doubt {
  const reasons = new Map(images.flatMap(({ reasons }) => reasons.map((reason) => [reason.text, reason])));
  return { doubtful: reasons.size > 0, reasons: [...reasons.values()] };
}
