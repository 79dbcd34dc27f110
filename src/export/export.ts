import { basename } from 'node:path';
import { InklingError, UsageError } from '../core/errors.js';
import { sizeOf } from '../core/shape.js';
import { decodeCheckpoint, encodeCheckpoint, type SavedModel } from '../interop/checkpoint.js';
import { encodeOnnx } from '../interop/onnx/encode.js';
import { exampleImage, torchScript } from '../interop/torchScript.js';
import { writeFileAtomic } from '../platform/files.js';
import { Classifier } from '../predict/classifier.js';
import { type Agreement, compareWithOnnx } from './agreement.js';
import { channelsLast } from './layout.js';
import type { OnnxRuntime } from './onnxRuntime.js';

/** Each format with how its file's name ends. */
export const formatExtensions = { onnx: '.onnx', safetensors: '.safetensors', torch: '.py' } as const;

export type ExportFormat = keyof typeof formatExtensions;

/** What to write, and where. */
export interface ExportRequest {
  readonly format: ExportFormat;
  /** With the format's extension. */
  readonly path: string;
  /** Version of ONNX's operators. */
  readonly opset?: number | undefined;
}

/** What to check it with. */
export interface ExportCheck {
  /** `[count, height, width, channels]`, bytes */
  readonly images: Uint8Array;
  readonly runtime: OnnxRuntime;
}

export interface Exported {
  readonly files: readonly string[];
  /** Missing when it was not checked. */
  readonly agreement: Agreement | undefined;
}

/** Bytes of a file to be, and the same network as an ONNX file made from what they say. */
interface Encoded {
  readonly files: ReadonlyMap<string, Uint8Array | string>;
  readonly onnx: Uint8Array;
}

/**
 * Writes a network in a format that other programs read. What the file's bytes say is first run by a runtime that is not
 * our own, and compared with our engine.
 *
 * @param check without it, nothing is checked
 * @throws {UsageError} for a name without the format's extension, or an unknown opset
 * @throws {InklingError} when the two give different answers; nothing is written then
 */
export async function exportModel(
  saved: SavedModel,
  request: ExportRequest,
  check: ExportCheck | undefined,
): Promise<Exported> {
  const { format, path } = request;
  const extension = formatExtensions[format];
  if (!path.endsWith(extension)) {
    throw new UsageError(`--out: expected a name that ends in ${extension} for ${format}, got "${path}"`);
  }
  const classifier = await Classifier.create(saved);
  const { files, onnx } = encode(classifier, request);
  const agreement = check && (await compareWithOnnx(onnx, classifier, check.images, check.runtime));
  if (agreement !== undefined && agreement.differentAnswers > 0) {
    throw new InklingError(
      `${path}: not written, as it gives other answers than Inkling for ${agreement.differentAnswers} of ` +
        `${agreement.images} images (logits differ by up to ${agreement.largestDifference.toExponential(1)}); ` +
        'this is a fault of the export, please report it with the run',
    );
  }
  for (const [file, content] of files) writeFileAtomic(file, content);
  return { files: [...files.keys()], agreement };
}

function encode(classifier: Classifier, { format, path, opset }: ExportRequest): Encoded {
  const { saved } = classifier;
  if (format === 'onnx') {
    const onnx = encodeOnnx(saved, { opset });
    return { files: new Map([[path, onnx]]), onnx };
  }
  const checkpoint = encodeCheckpoint(saved);
  const onnx = encodeOnnx(decodeCheckpoint(checkpoint, path));
  if (format === 'safetensors') return { files: new Map([[path, checkpoint]]), onnx };
  const weights = path.replace(/\.py$/, formatExtensions.safetensors);
  const script = torchScript(saved, {
    weightsFile: basename(weights),
    exampleLogits: exampleLogits(classifier),
  });
  return {
    files: new Map<string, Uint8Array | string>([
      [weights, checkpoint],
      [path, script],
    ]),
    onnx,
  };
}

function exampleLogits(classifier: Classifier): Float32Array {
  const { input } = classifier.saved.model;
  return classifier.logits(channelsLast(exampleImage(sizeOf(input)), input));
}
