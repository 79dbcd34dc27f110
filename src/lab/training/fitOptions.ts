import { allButHead, backboneFor, type FitOptions, resolveModel, type SavedModel } from '#inkling/index.js';
import type { Pretrained } from '../network/pretrained/pretrained.js';
import { trainedPartOf, withPretrained } from '../network/pretrained/trainedPart.js';
import { fitSettingsOf } from './settings.js';
import type { Task } from './trainingRun.js';

/** What is trained: all of a network, or the last layer of a pretrained one. */
export function fitOptionsOf({
  model,
  dataset,
  settings,
  pretrained,
}: Task): Pick<FitOptions, 'model' | 'dataset' | 'settings' | 'backbone'> {
  const options = { model, dataset, settings: fitSettingsOf(settings) };
  if (pretrained === undefined) return options;
  const freeze = allButHead(resolveModel(model));
  const backbone = backboneFor(pretrained.saved, dataset);
  return { ...options, settings: { ...options.settings, freeze }, backbone };
}

/** The best model as runs keep it: it shares the weights of a pretrained network. */
export function keptBest(best: SavedModel, pretrained: Pretrained | undefined): SavedModel {
  return pretrained === undefined ? best : withPretrained(trainedPartOf(best), best.model, pretrained);
}
