import { encodeCheckpoint } from '../../interop/checkpoint.js';
import { decodeCheckpoint } from '../../interop/decodeCheckpoint.js';
import { encodeOnnx } from '../../interop/onnx/encode.js';
import type { ExportFormat } from './format.js';

export const safetensors: ExportFormat = {
  extension: '.safetensors',
  description: 'weights in the names and layouts of PyTorch',
  encode({ saved, path }) {
    const checkpoint = encodeCheckpoint(saved);
    return {
      files: new Map([[path, checkpoint]]),
      onnx: encodeOnnx(decodeCheckpoint(checkpoint, path)),
    };
  },
};
