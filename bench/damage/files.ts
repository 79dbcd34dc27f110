import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encode as encodePng } from 'fast-png';
import { zipSync } from 'fflate';
import { checkRecord } from '#inkling/core/record.js';
import { validate } from '#inkling/core/validate.js';
import { Random } from '#inkling/core/random.js';
import { parseNpy } from '#inkling/data/arrays/npy.js';
import { openDatasetFile } from '#inkling/data/files/datasetFile.js';
import { listTarBytes } from '#inkling/data/files/tarReaders.js';
import { ratioLimit } from '#inkling/data/files/unpackLimit.js';
import { unzip } from '#inkling/data/files/unzip.js';
import { parseIdxImages } from '#inkling/data/idx/parseIdx.js';
import { decodeImage } from '#inkling/images/decode.js';
import { encodeCheckpoint } from '#inkling/interop/checkpoint.js';
import { decodeCheckpoint } from '#inkling/interop/decodeCheckpoint.js';
import { flatten, linear } from '#inkling/layers/index.js';
import type { Model } from '#inkling/models/model.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { configSchema } from '#inkling/train/config.js';
import { decodeTraining, encodeTraining } from '#inkling/runs/savedTraining.js';

/** A small file of one kind. */
export interface DamageableFile {
  readonly kind: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Reads the file like the product does; everything that is used of it is in the result. */
  readonly read: (bytes: Uint8Array<ArrayBuffer>) => unknown;
  /** Whether the format protects a byte; all by default. */
  readonly isProtected?: (at: number) => boolean;
}

const WHO = 'file';
const BLOCK_BYTES = 512;

export function makeFiles(): DamageableFile[] {
  const tar = makeTar(['a/1.png', 'b/2.png']);
  return [
    { kind: 'checkpoint', bytes: checkpoint(), read: (bytes) => decodeCheckpoint(bytes, WHO) },
    { kind: 'resume state', bytes: resumeState(), read: (bytes) => decodeTraining(bytes, WHO) },
    {
      kind: 'record of a run',
      bytes: Uint8Array.from(readFileSync(join(PRETRAINED_RUN, 'config.json'))),
      read: readRecord,
    },
    { kind: 'PNG image', bytes: png(), read: decodeImage },
    {
      kind: 'IDX file in gzip',
      bytes: Uint8Array.from(
        gzipSync(Uint8Array.from([0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 4, ...noise(48)])),
      ),
      read: (bytes) => parseIdxImages(openDatasetFile({ name: WHO, bytes: 1000 }, WHO, bytes).bytes, WHO),
    },
    {
      kind: 'NumPy archive',
      bytes: npz(),
      read: (bytes) =>
        [...unzip(bytes, () => true, ratioLimit(1000)).values()].map((array) => parseNpy(array, WHO)),
    },
    {
      kind: 'tar archive',
      bytes: tar,
      read: (bytes) => listTarBytes(bytes, WHO),
      // Contents are images with checksums of their own.
      isProtected: (at) => ![1, 3].includes(Math.floor(at / BLOCK_BYTES)),
    },
  ];
}

function noise(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * i) >> 3);
}

const model: Model = { name: 'small', input: [2, 2, 1], layers: [flatten(), linear({ outFeatures: 2 })] };
const definition = { model, classes: ['a', 'b'], dataset: 'none' };

function checkpoint(): Uint8Array<ArrayBuffer> {
  const weights = initialWeights(resolveModel(model), new Random(0));
  return Uint8Array.from(encodeCheckpoint({ ...definition, weights, batches: 1 }));
}

function resumeState(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    encodeTraining({
      state: {
        epochs: [],
        batches: 1,
        tensors: new Map([['weight', Float32Array.of(1, -0.5, 0.25)]]),
        streams: new Map([['order', Uint32Array.of(1, 2)]]),
      },
      definition,
      history: { command: 'train', startedAt: '2026-01-01T00:00:00Z', resumedAt: [], seconds: 1 },
      fingerprint: { train: 'a', test: 'b' },
    }),
  );
}

function readRecord(bytes: Uint8Array): unknown {
  return validate(configSchema, checkRecord(JSON.parse(new TextDecoder().decode(bytes)), WHO), WHO);
}

function png(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(encodePng({ width: 8, height: 8, data: noise(64), channels: 1, depth: 8 }));
}

function npz(): Uint8Array<ArrayBuffer> {
  const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (4, 4, 4), }".padEnd(117);
  const array = Buffer.concat([Buffer.from(`\x93NUMPY\x01\x00v\x00${header}\n`, 'latin1'), noise(64)]);
  return Uint8Array.from(zipSync({ 'x_train.npy': array, 'x_test.npy': array }, { mtime: '2026-01-01' }));
}

function makeTar(names: readonly string[]): Uint8Array<ArrayBuffer> {
  const blocks = names.flatMap((name) => {
    const header = Buffer.alloc(BLOCK_BYTES);
    header.write(name);
    header.write('00000000200\0', 124);
    header.write('        0', 148);
    header.write('ustar\x0000', 257, 'latin1');
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return [header, Buffer.from(noise(BLOCK_BYTES)).fill(0, 128)];
  });
  return Uint8Array.from(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK_BYTES)]));
}
