import { encodeOnnx } from '#inkling/interop/onnx/encode.js';
import { decodeOnnx } from '#inkling/interop/onnx/file/decodeOnnx.js';
import { mixedModel } from '../../test/helpers/mixedModel.js';
import { dynamoByTorch, legacyByTorch } from '../../test/interop/onnx/file/exportedByTorch.js';
import { floats, integers, node, onnxFile } from '../../test/interop/onnx/file/onnxFiles.js';
import type { Target } from '../target.js';
import { digest, seedOf } from './files.js';

const CLASSES = ['a', 'b', 'c'];

export const onnxTarget: Target = {
  name: 'onnx',
  seeds: () =>
    Promise.resolve([
      seedOf('exporter of PyTorch', dynamoByTorch),
      seedOf('earlier exporter of PyTorch', legacyByTorch),
      seedOf('Inkling', encodeOnnx(mixedModel())),
      seedOf(
        'small',
        onnxFile({
          nodes: [
            node('Conv', 'c', ['x', 'c.weight'], { pads: [0, 0, 1, 1] }),
            node('Relu', 'r', ['c']),
            node('Add', 's', ['r', 'x']),
            node('Reshape', 'f', ['s', 'shape']),
            node('Gemm', 'out', ['f', 'fc.weight'], { transB: 1 }),
          ],
          tensors: [
            floats('c.weight', [2, 2, 2, 2]),
            integers('shape', [0, -1]),
            floats('fc.weight', [3, 48]),
          ],
        }),
      ),
    ]),
  read(bytes) {
    const { model, weights } = decodeOnnx(bytes, { classes: CLASSES });
    const contents = [...weights].map(([name, values]) => digest(name, new Uint8Array(values.buffer)));
    return [JSON.stringify(model), ...contents].join('; ');
  },
  // Lengths cover everything but the entries of the metadata, with which the file of Inkling ends.
  protects: ({ isTruncated, seed }) => isTruncated && seed !== 2,
};
