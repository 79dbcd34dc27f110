import { basename, extname } from 'node:path';
import { parseWrittenJson } from '../core/json.js';
import { modelFrom, parseDocument } from '../models/document.js';
import type { Model } from '../models/model.js';
import type { PresetOptions } from '../models/presetOptions.js';
import { designOf, preset } from '../models/presets.js';
import { readBytes } from '../platform/files.js';

const EXTENSION = '.json';
/** Larger than any model file. */
const LIMIT_BYTES = 2 ** 20;

/** The name of a model given as a preset or a file. */
export function modelNameOf(model: string): string {
  return isModelFile(model) ? basename(model, extname(model)) : model;
}

/**
 * Opens a model by the name of a preset or the path of a model file in JSON; see `modelFrom`.
 *
 * @throws {UsageError} for an unknown name
 * @throws {InklingError} when the file cannot be read, or naming its first invalid layer
 */
export function openModel(model: string, options: PresetOptions): Model {
  if (!isModelFile(model)) return preset(model, options);
  return modelFrom(readDocument(model), { ...options, source: model, name: modelNameOf(model) });
}

/**
 * Checks a model before a data set is downloaded for it: whether it exists and its file is valid. Whether it fits the data
 * set is not checked.
 *
 * @throws what `openModel` throws
 */
export function assertKnownModel(model: string): void {
  const design = designOf(model);
  if (isModelFile(model)) parseDocument(readDocument(model), design.classes, model);
  else preset(model, design);
}

/** Whether a model is given by the path of a file instead of the name of a preset. */
export function isModelFile(model: string): boolean {
  return extname(model).toLowerCase() === EXTENSION;
}

function readDocument(path: string): unknown {
  return parseWrittenJson(new TextDecoder().decode(readBytes(path, LIMIT_BYTES)), path);
}
