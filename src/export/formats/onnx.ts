import { encodeOnnx } from '../../interop/onnx/encode.js';
import type { ExportFormat } from './format.js';

export const onnx: ExportFormat = {
  extension: '.onnx',
  description: 'an ONNX file',
  encode({ saved, path, opset }) {
    const file = encodeOnnx(saved, { opset });
    return { files: new Map([[path, file]]), onnx: file };
  },
};
