import { servedModelSchema, type ServedModel } from '#inkling/server/apiSchemas.js';
import type { Shape } from '#inkling/core/shape.js';
import { type InputKind, defaultInputKind } from '#inkling/images/inputKind.js';
import { decodeCheckpoint, type SavedModel } from '#inkling/interop/checkpoint.js';
import { confidencesOf } from '#inkling/predict/calibration.js';
import { Classifier } from '#inkling/predict/classifier.js';
import { assessDoubt, type Doubt } from '#inkling/predict/doubt.js';
import { featureMapLayers, type FeatureMaps, featureMapsOf } from '#inkling/predict/featureMaps.js';
import { getBytes, getJson } from './api.js';

/** What the network says about an image. */
export interface Prediction extends Doubt {
  /** Calibrated, one a class. */
  readonly probabilities: readonly number[];
  /** Classes, the likeliest first. */
  readonly ranking: readonly number[];
}

/** A network in the page, which knows how sure it is. */
export class PageModel {
  readonly name: string;
  readonly classifier: Classifier;
  readonly calibration: ServedModel['calibration'];

  constructor(name: string, classifier: Classifier, calibration: ServedModel['calibration']) {
    this.name = name;
    this.classifier = classifier;
    this.calibration = calibration;
  }

  get classes(): readonly string[] {
    return this.classifier.classes;
  }

  /** One image: `[height, width, channels]`. */
  get shape(): Shape {
    return this.classifier.saved.model.input;
  }

  /** What it takes of a picture; one of ink can be drawn for it. */
  get inputKind(): InputKind {
    return this.classifier.saved.inputKind ?? defaultInputKind(this.shape);
  }

  /** @param pixels one image, `[height, width, channels]`, from 0 to 1 */
  inspect(pixels: Float32Array): Prediction & { readonly featureMaps: readonly FeatureMaps[] } {
    const outputs = this.classifier.run(pixels);
    return { ...this.predictionOf(outputs.logits), featureMaps: featureMapsOf(outputs) };
  }

  /** @param logits `[classes]` */
  predictionOf(logits: Float32Array): Prediction {
    const probabilities = confidencesOf(logits, this.calibration);
    const ranking = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
    return { probabilities, ranking, ...assessDoubt(logits, this.calibration) };
  }
}

/** The network that the server was started with. */
export async function loadServedModel(): Promise<PageModel> {
  const [{ name, calibration }, bytes] = await Promise.all([
    getJson(servedModelSchema, 'api/model'),
    getBytes('api/model/checkpoint'),
  ]);
  return new PageModel(name, await classifierOf(decodeCheckpoint(bytes, name)), calibration);
}

/** The best network of a run. */
export async function loadRunModel(run: string, calibration: ServedModel['calibration']): Promise<PageModel> {
  const bytes = await getBytes(`api/runs/${encodeURIComponent(run)}/checkpoint`);
  return new PageModel(run, await classifierOf(decodeCheckpoint(bytes, run)), calibration);
}

function classifierOf(saved: SavedModel): Promise<Classifier> {
  return Classifier.create(saved, { activations: featureMapLayers(saved.model) });
}
