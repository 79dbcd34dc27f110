import { basename, extname } from 'node:path';
import { InklingError, messageOf } from '../core/errors.js';
import { parseJson } from '../core/json.js';
import { modelFrom, parseDocument } from '../models/document.js';
import type { Model } from '../models/model.js';
import { preset, type PresetOptions } from '../models/presets.js';
import { readBytes } from '../platform/files.js';

const EXTENSION = '.json';
/** Far more than any description of layers takes. */
const LIMIT_BYTES = 2 ** 20;

/** What a model is called by its preset's name or its file. */
export function modelNameOf(model: string): string {
  return isFile(model) ? basename(model, extname(model)) : model;
}

/**
 * A model by the name of a preset, or by the path of a JSON file that describes it; see `modelFrom`.
 *
 * @throws {UsageError} for an unknown name
 * @throws {InklingError} when the file cannot be read, or naming the first layer in it that is wrong, and how
 */
export function openModel(model: string, options: PresetOptions): Model {
  if (!isFile(model)) return preset(model, options);
  return modelFrom(readDocument(model), options, model, modelNameOf(model));
}

/**
 * Tells an unknown model, or a mistake in a model's file, before a data set is downloaded for it; whether images and classes
 * fit is not known by then.
 *
 * @throws what `openModel` throws
 */
export function assertKnownModel(model: string): void {
  if (isFile(model)) parseDocument(readDocument(model), ANY.classes, model);
  else preset(model, ANY);
}

const ANY: PresetOptions = { input: [28, 28, 1], classes: 10 };

function isFile(model: string): boolean {
  return extname(model).toLowerCase() === EXTENSION;
}

function readDocument(path: string): unknown {
  const text = new TextDecoder().decode(readBytes(path, LIMIT_BYTES));
  try {
    JSON.parse(text);
  } catch (error) {
    throw new InklingError(
      `${path}: expected JSON, got a mistake in it: ${messageOf(error)}; check its commas, quotes and brackets`,
    );
  }
  return parseJson(text, path);
}
