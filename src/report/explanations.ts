import { toUnitFloats } from '../core/pixels.js';
import { Random } from '../core/random.js';
import { Explainer, type Saliency } from '../explain/explainer.js';
import { methodsFor, type SaliencyMethod } from '../explain/methods.js';
import { rankCorrelation } from '../explain/rankCorrelation.js';
import { inputKindOfModel, type SavedModel } from '../interop/checkpoint.js';
import { resolveModel } from '../models/resolve.js';
import { initialWeights } from '../models/weights.js';
import { CompiledModel } from '../predict/compiledModel.js';
import type { PredictionRecord, RecordedPrediction } from '../runs/predictionRecord.js';

/** As many are shown, of which half are errors if there are as many; of photos, for which a network takes longer, fewer. */
const MAX_IMAGES = 6;
const MAX_PHOTOS = 4;
/** The methods that are shown, as far as they apply. Occlusion takes some 150 predictions, which of photos is too many. */
const METHODS: readonly SaliencyMethod[] = ['layer-cam', 'gradient', 'occlusion'];
/** Of the random weights. */
const SEED = 0;

/** What counts for a class by one method, for the network and for the same network with random weights. */
export interface ExplanationMap {
  readonly trained: Saliency;
  readonly random: Saliency;
  /** The rank correlation of their absolute values; undefined if one of them is constant. */
  readonly correlation: number | undefined;
}

/** A test image with what counts for its predicted class, by each method. */
export interface ExplainedExample {
  readonly prediction: RecordedPrediction;
  readonly maps: readonly ExplanationMap[];
}

/** Explains a few predictions, and compares the explanations with those of the network with random weights. */
export async function explainExamples(
  saved: SavedModel,
  record: PredictionRecord,
): Promise<readonly ExplainedExample[]> {
  const isPhoto = inputKindOfModel(saved) === 'photo';
  const known = methodsFor(saved);
  const methods = METHODS.filter((each) => known.includes(each) && !(isPhoto && each === 'occlusion'));
  const examples = chooseExamples(record, isPhoto ? MAX_PHOTOS : MAX_IMAGES);
  const maps = new Map(examples.map((each) => [each, [] as ExplanationMap[]]));
  const [trained, random] = await Promise.all([saved, withRandomWeights(saved)].map(explainerOf));
  // Method by method, since each has plans of its own.
  for (const method of methods) {
    for (const prediction of examples) {
      const label = saved.classes[record.predictions[prediction.image]];
      const pixels = toUnitFloats(prediction.pixels);
      const pair = {
        trained: await trained.saliency(pixels, { method, label }),
        random: await random.saliency(pixels, { method, label }),
      };
      const correlation = rankCorrelation(
        pair.trained.values.map(Math.abs),
        pair.random.values.map(Math.abs),
      );
      maps.get(prediction)?.push({ ...pair, correlation });
    }
  }
  return examples.map((prediction) => ({ prediction, maps: maps.get(prediction) ?? [] }));
}

async function explainerOf(saved: SavedModel): Promise<Explainer> {
  return Explainer.of(await CompiledModel.create(saved, { maxBatchSize: 64 }));
}

/** The same network before training, without what follows from its weights. */
function withRandomWeights(saved: SavedModel): SavedModel {
  const weights = initialWeights(resolveModel(saved.model), new Random(SEED));
  return { ...saved, weights, calibration: undefined };
}

/** Correctly classified images, of different classes first, then the most confident errors. */
function chooseExamples(
  { examples, labels, predictions }: PredictionRecord,
  count: number,
): readonly RecordedPrediction[] {
  const isCorrect = ({ image }: RecordedPrediction) => predictions[image] === labels[image];
  const correct = examples.filter(isCorrect);
  const errors = examples.filter((each) => !isCorrect(each));
  const isFirst = (each: RecordedPrediction) =>
    correct.find(({ image }) => labels[image] === labels[each.image]) === each;
  const byClass = [...correct.filter(isFirst), ...correct.filter((each) => !isFirst(each))];
  const errorCount = Math.min(errors.length, Math.max(count / 2, count - correct.length));
  return [...byClass.slice(0, count - errorCount), ...errors.slice(0, errorCount)];
}
