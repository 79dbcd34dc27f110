import { checkOptions, checkValues, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { checkArguments } from '../core/arguments/checkArguments.js';
import { InklingError, UsageError } from '../core/errors.js';
import { unknownName } from '../core/suggest.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { writeFileAtomic } from '../platform/files.js';
import { CompiledModel } from '../predict/compiledModel.js';
import { compareWithOnnx, type LogitComparison } from './compareWithOnnx.js';
import type { ExportFormat } from './formats/format.js';
import { type ExportFormatName, exportFormats } from './formats/index.js';
import type { OnnxRuntime } from './onnxRuntime.js';

/** What to write, and where. */
export interface ExportRequest {
  readonly format: ExportFormatName;
  /** With the format's extension. */
  readonly path: string;
  /** The version of the ONNX operator set. */
  readonly opset?: number | undefined;
  /** What to check the files with, such as `await findOnnxRuntime()`; without, they are not checked. */
  readonly check?: ExportCheck | undefined;
}

/** What to check the exported model with. */
export interface ExportCheck {
  /** `[count, height, width, channels]`, bytes */
  readonly images: Uint8Array;
  readonly runtime: OnnxRuntime;
}

/** What an export wrote, and how the check went. */
export interface Exported {
  /** The paths of the files that were written. */
  readonly files: readonly string[];
  /** Undefined if the model was not checked. */
  readonly comparison: LogitComparison | undefined;
}

const REQUEST: OptionKinds<ExportRequest> = {
  format: kinds.text,
  path: kinds.path,
  opset: kinds.anything,
  check: kinds.object,
};

/**
 * Exports a network. If `check` is given, it is run from the contents of the files with an independent runtime first, and the logits
 * are compared with Inkling's.
 *
 * @throws {UsageError} for an unknown format, a path without the format's extension, or an unknown opset
 * @throws {InklingError} if any prediction differs; then no file is written
 */
export async function exportModel(saved: SavedModel, request: ExportRequest): Promise<Exported> {
  checkArguments('exportModel', { saved });
  checkOptions('exportModel', request, REQUEST, "{ format: 'onnx', path: 'model.onnx' }");
  const { format, path, opset, check } = request;
  checkValues('exportModel', { format, path }, { format: REQUEST.format, path: REQUEST.path });
  const exportFormat = formatNamed(format);
  const { extension } = exportFormat;
  if (!path.endsWith(extension)) {
    throw new UsageError(
      `cannot export the model: expected a file name that ends in ${extension} for ${format}, got "${path}"; rename it`,
    );
  }
  const compiled = await CompiledModel.create(saved);
  const { files, onnx } = await exportFormat.encode({ saved, path, opset });
  const comparison = check && (await compareWithOnnx(onnx, compiled, check.images, check.runtime));
  if (comparison !== undefined && comparison.differentPredictions > 0) {
    throw new InklingError(
      `${path}: expected the same predictions as Inkling's, got different ones for ${comparison.differentPredictions} of ` +
        `${comparison.images} images (logits differ by up to ${comparison.maxDifference.toExponential(1)}); ` +
        'nothing was written; this is a bug in the export, please report it with the run',
    );
  }
  for (const [file, content] of files) writeFileAtomic(file, content);
  return { files: [...files.keys()], comparison };
}

/** Programs in JavaScript may ask for any. */
function formatNamed(name: string): ExportFormat {
  const known: Readonly<Record<string, ExportFormat>> = exportFormats;
  if (Object.hasOwn(known, name)) return known[name];
  throw new UsageError(`exportModel: ${unknownName('format', name, Object.keys(known))}`);
}
