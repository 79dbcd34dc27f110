import { toUnitFloats } from '../core/pixels.js';
import { Explainer, type Saliency } from '../explain/explainer.js';
import { methodsFor } from '../explain/methods.js';
import { inputKindOfModel, type SavedModel } from '../interop/checkpoint.js';
import { CompiledModel } from '../predict/compiledModel.js';
import type { PredictionRecord, RecordedPrediction } from '../runs/predictionRecord.js';

/** As many are shown, of which half are errors if there are as many. */
const MAX_IMAGES = 8;
const METHOD = 'layer-cam';

/** A test image with what counts for its predicted class. */
export interface ExplainedExample {
  readonly prediction: RecordedPrediction;
  readonly saliency: Saliency;
}

/** Explains a few predictions by LayerCAM; none for digits, and for networks without a layer that outputs an image. */
export async function explainExamples(
  saved: SavedModel,
  record: PredictionRecord,
): Promise<readonly ExplainedExample[]> {
  if (inputKindOfModel(saved) === 'digit' || !methodsFor(saved).includes(METHOD)) return [];
  const explainer = Explainer.of(await CompiledModel.create(saved, { maxBatchSize: 1 }));
  const explained: ExplainedExample[] = [];
  for (const prediction of chooseExamples(record)) {
    const label = saved.classes[record.predictions[prediction.image]];
    const saliency = await explainer.saliency(toUnitFloats(prediction.pixels), { method: METHOD, label });
    explained.push({ prediction, saliency });
  }
  return explained;
}

/** Correctly classified images, of different classes first, then the most confident errors. */
function chooseExamples({ examples, labels, predictions }: PredictionRecord): readonly RecordedPrediction[] {
  const isCorrect = ({ image }: RecordedPrediction) => predictions[image] === labels[image];
  const correct = examples.filter(isCorrect);
  const errors = examples.filter((each) => !isCorrect(each));
  const isFirst = (each: RecordedPrediction) =>
    correct.find(({ image }) => labels[image] === labels[each.image]) === each;
  const byClass = [...correct.filter(isFirst), ...correct.filter((each) => !isFirst(each))];
  const errorCount = Math.min(errors.length, Math.max(MAX_IMAGES / 2, MAX_IMAGES - correct.length));
  return [...byClass.slice(0, MAX_IMAGES - errorCount), ...errors.slice(0, errorCount)];
}
