import { basename, extname, join } from 'node:path';
import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkObject, checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { encodeCheckpoint, MAX_CHECKPOINT_BYTES, type SavedModel } from '../interop/checkpoint.js';
import { decodeCheckpoint } from '../interop/decodeCheckpoint.js';
import { isOnnxFile } from '../interop/foreignFile.js';
import { decodeOnnxNetwork, type OnnxImportOptions } from '../interop/onnx/file/decodeOnnx.js';
import { fromStateDict } from '../interop/torch/stateDict.js';
import type { Model } from '../models/model.js';
import { resolveModel } from '../models/resolve.js';
import { kindOf, readBytes, writeFileAtomic } from '../platform/files.js';

/** The checkpoint of the epoch with the best validation, within a run folder. */
export const BEST_CHECKPOINT = join('checkpoints', 'best.safetensors');

/**
 * Reads a saved model.
 *
 * @param path a run folder, or a checkpoint file
 * @throws {InklingError} when the file does not exist or is not a checkpoint
 */
export function readSavedModel(path: string): SavedModel {
  checkValues('readSavedModel', { path }, { path: kinds.path });
  const file = kindOf(path) === 'folder' ? join(path, BEST_CHECKPOINT) : path;
  return decodeCheckpoint(readBytes(file, MAX_CHECKPOINT_BYTES), file);
}

/**
 * Reads a model to fine-tune: a saved model, or an ONNX file. The classes of an ONNX file that names none are numbers.
 *
 * @param path a run folder, or a file
 * @param imageSize the height and width of the images, for an ONNX file that leaves them open
 * @throws {InklingError} when the file does not exist or cannot be imported
 */
export function readStartingModel(path: string, imageSize: number | undefined): SavedModel {
  if (kindOf(path) !== 'file') return readSavedModel(path);
  const bytes = readBytes(path, MAX_CHECKPOINT_BYTES);
  if (!isOnnxFile(bytes, path)) return decodeCheckpoint(bytes, path);
  const {
    model,
    tensors,
    dataset = '',
    inputKind,
    ...found
  } = decodeOnnxNetwork(bytes, onnxOptions(path, imageSize));
  const { classes = numberedClasses(model) } = found;
  return { model, classes, dataset, inputKind, ...fromStateDict(model, tensors, path) };
}

/** The names of the classes of a model whose file names none: the indices of its outputs. */
export function numberedClasses(model: Model): string[] {
  return Array.from({ length: resolveModel(model).classes }, (_, index) => String(index));
}

/** How an ONNX file is decoded: its model is called like the file, unless Inkling wrote it. */
export function onnxOptions(file: string, imageSize: number | undefined): OnnxImportOptions {
  return {
    source: file,
    name: basename(file, extname(file)),
    ...(imageSize !== undefined && { input: [imageSize, imageSize] }),
  };
}

/**
 * Writes a model to a checkpoint file, which contains everything needed for predictions.
 *
 * @param classifier a saved model, or what was made from one
 */
export function saveClassifier(classifier: SavedModel | { readonly saved: SavedModel }, path: string): void {
  checkObject('saveClassifier: classifier', classifier, '(await fit(…)).best');
  const saved = 'saved' in classifier ? classifier.saved : classifier;
  checkArguments('saveClassifier', { saved });
  checkValues('saveClassifier', { path }, { path: kinds.path });
  writeFileAtomic(path, encodeCheckpoint(saved));
}
