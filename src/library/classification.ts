import { concatenate } from '../core/arrays.js';
import { sizeOf } from '../core/shape.js';
import type { FileInputs } from '../images/concern.js';
import type { CompiledModel } from '../predict/compiledModel.js';
import type { DoubtReason } from '../predict/doubt.js';
import { type Prediction, predictionsOf } from '../predict/predictions.js';

/** A class and its probability. */
export interface ClassProbability {
  readonly label: string;
  /** From 0 to 1, calibrated if the model was calibrated. */
  readonly probability: number;
}

/** What a model predicts for an image. */
export interface Classification extends ClassProbability {
  /** Why not to rely on the prediction; undefined if it can be relied on. */
  readonly doubt: readonly DoubtReason[] | undefined;
  /** The most likely classes, best first; the first is the predicted one. */
  readonly top: readonly ClassProbability[];
  /** A note if only a part of the file was read, such as its first frame. */
  readonly note?: string;
}

/** The result for one of many images: its classification, or why there is none. */
export type ImageResult =
  | { readonly classification: Classification; readonly error?: undefined }
  | { readonly classification?: undefined; readonly error: Error };

/** Classifies the inputs of several images in one batch. */
export async function classificationsOf(
  model: CompiledModel,
  inputs: readonly FileInputs[],
  top: number,
): Promise<Classification[]> {
  const { logits, activations } = await model.run(concatenate(inputs.map(({ pixels }) => pixels)));
  const {
    classes,
    model: { input },
  } = model.saved;
  return inputs.map(({ note, ...each }, image) => {
    const part = (values: Float32Array, size: number) => values.subarray(image * size, (image + 1) * size);
    const outputs = {
      logits: part(logits, classes.length),
      activations: new Map(
        [...activations].map(([layer, { shape, values }]) => [
          layer,
          { shape, values: part(values, sizeOf(shape)) },
        ]),
      ),
    };
    if (each.pixels.length !== sizeOf(input)) throw new Error('expected the input of one image');
    const [prediction] = predictionsOf(each, outputs, model.saved, top);
    return { ...classificationOf(prediction), ...(note === undefined ? {} : { note }) };
  });
}

function classificationOf({ top, doubtful, reasons }: Prediction): Classification {
  const ranked = top.map((each) => ({ label: each.class, probability: each.confidence }));
  return { ...ranked[0], doubt: doubtful ? reasons : undefined, top: ranked };
}
