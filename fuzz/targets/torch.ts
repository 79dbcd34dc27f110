import { crc32 } from '#inkling/core/checksum.js';
import { decodeStateDict } from '#inkling/interop/decodeStateDict.js';
import {
  dictionary,
  int,
  legacyFile,
  tensor,
  text,
  zipFile,
} from '../../test/interop/torch/file/torchFiles.js';
import { legacyOfTorch, moduleOfTorch, zipOfTorch } from '../../test/interop/torch/file/savedByTorch.js';
import type { Target } from '../target.js';
import { digest, seedOf } from './files.js';

const STATE_DICT = dictionary({
  w: tensor({ shape: [2, 2], strides: [1, 2] }),
  'bn.num_batches_tracked': tensor({ type: 'LongStorage', key: '1', size: 1, shape: [], strides: [] }),
});
const VALUES = { 0: Float32Array.of(1, 2, 3, 4), 1: BigInt64Array.of(5n) };

export const torchTarget: Target = {
  name: 'torch',
  seeds: () =>
    Promise.resolve([
      // Archives, which have checksums, come first.
      seedOf('archive of PyTorch', zipOfTorch),
      seedOf('module of PyTorch', moduleOfTorch),
      seedOf('archive', zipFile(STATE_DICT, VALUES)),
      seedOf('old file of PyTorch', legacyOfTorch),
      seedOf(
        'old file',
        legacyFile(dictionary({ epoch: int(3), note: text('x'), model: STATE_DICT }), VALUES),
      ),
    ]),
  read(bytes) {
    const { tensors, dictionary } = decodeStateDict(bytes, 'file');
    const contents = [...tensors].map(([name, { dtype, shape, values }]) =>
      digest(name, dtype, shape.join('×'), new Uint8Array(values.buffer)),
    );
    return [dictionary ?? '', ...contents].join('; ');
  },
  protects: ({ isTruncated, isOneByte, seed }) => isTruncated || (isOneByte && seed < 3),
  repair(bytes) {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = file.indexOf('PK\x01\x02'); at !== -1; at = file.indexOf('PK\x01\x02', at + 4)) {
      if (at + 46 > file.length) break;
      const local = file.readUInt32LE(at + 42);
      if (local + 30 > file.length) continue;
      const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
      file.writeUInt32LE(crc32(file.subarray(begin, begin + file.readUInt32LE(at + 20))), at + 16);
    }
    return bytes;
  },
};
