import type { SavedModel } from '../../interop/checkpoint.js';

/** The input of an exporter. */
export interface EncodeRequest {
  readonly saved: SavedModel;
  /** The path of the file to write, with the format's extension. */
  readonly path: string;
  /** The version of the ONNX operator set; by default that of `encodeOnnx`. */
  readonly opset: number | undefined;
}

/** The contents of the files to write, and an ONNX file of the same network for the check. */
export interface EncodedModel {
  /** By path. */
  readonly files: ReadonlyMap<string, Uint8Array | string>;
  /** Encoded from what the files contain, so that the check covers them. */
  readonly onnx: Uint8Array;
}

/** A format that networks can be exported to. */
export interface ExportFormat {
  /** The extension of the file that `--out` names, such as `.onnx`. */
  readonly extension: string;
  /** For the command's help. */
  readonly description: string;
  encode(request: EncodeRequest): EncodedModel | Promise<EncodedModel>;
}
