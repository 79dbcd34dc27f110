import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InklingError } from '#inkling/core/errors.js';
import { parseJson } from '#inkling/core/json.js';
import { Random } from '#inkling/core/random.js';
import { encodeCheckpoint } from '#inkling/interop/checkpoint.js';
import { decodeCheckpoint } from '#inkling/interop/decodeCheckpoint.js';
import { encodeSafetensors } from '#inkling/interop/safetensors.js';
import { decodeSafetensors } from '#inkling/interop/decodeSafetensors.js';
import { CHECKSUM_KEY, contentChecksum, hasChecksum } from '#inkling/interop/safetensorsChecksum.js';
import { parseHeader } from '#inkling/interop/safetensorsHeader.js';
import { modelFrom } from '#inkling/models/document.js';
import { preset, presetNames } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { summarize } from '#inkling/models/summary.js';
import { initialWeights } from '#inkling/models/weights.js';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { readEvents } from '#inkling/runs/eventLog.js';
import { readRun } from '#inkling/runs/readRun.js';
import type { Target } from '../target.js';
import { digest, seedOf } from './files.js';

const INPUT = [12, 12, 1] as const;
const CLASSES = 3;
/** Images that every preset takes. */
const DOCUMENT_OPTIONS = { input: [32, 32, 3], classes: 10 };

/** A small network with random weights. */
export function smallModel() {
  const model = preset('mlp', { input: [...INPUT], classes: CLASSES });
  const weights = initialWeights(resolveModel(model), new Random(1));
  return { model, weights, classes: ['a', 'b', 'c'], dataset: 'fuzzing', batches: 0 };
}

export const modelTarget: Target = {
  name: 'model',
  seeds: () =>
    Promise.resolve(
      presetNames.map((name) => {
        const { layers } = preset(name, DOCUMENT_OPTIONS);
        return seedOf(name, JSON.stringify({ name, layers }, null, 1));
      }),
    ),
  read(bytes) {
    const document = parseJson(new TextDecoder().decode(bytes), 'file');
    const model = modelFrom(document, DOCUMENT_OPTIONS);
    return JSON.stringify(summarize(resolveModel(model)));
  },
  protects: () => false,
};

export const safetensorsTarget: Target = {
  name: 'safetensors',
  seeds: () => {
    const tensors = new Map([
      ['a.weight', { dtype: 'F32' as const, shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) }],
      ['a.steps', { dtype: 'I64' as const, shape: [2], values: BigInt64Array.of(1n, -1n) }],
    ]);
    return Promise.resolve([seedOf('tensors', encodeSafetensors(tensors, { format: 'pt' }))]);
  },
  read(bytes) {
    const { tensors, metadata } = decodeSafetensors(bytes, 'file');
    const contents = [...tensors].map(([name, { dtype, shape, values }]) =>
      digest(name, dtype, shape.join('×'), new Uint8Array(values.buffer)),
    );
    return [...contents, JSON.stringify(metadata)].join('; ');
  },
  // Without its checksum, it is a file of another program.
  protects: ({ bytes, isTruncated }) => isTruncated || hasChecksum(bytes),
  repair(bytes) {
    try {
      const { metadata, entries, dataStart } = parseHeader(bytes, 'file');
      const checksum = contentChecksum(metadata, entries, bytes.subarray(dataStart));
      const position = Buffer.from(bytes.buffer, bytes.byteOffset).indexOf(metadata[CHECKSUM_KEY]);
      bytes.set(Buffer.from(checksum), position);
    } catch {
      // It has none.
    }
    return bytes;
  },
};

export const checkpointTarget: Target = {
  ...safetensorsTarget,
  name: 'checkpoint',
  seeds: () => Promise.resolve([seedOf('checkpoint', encodeCheckpoint(smallModel()))]),
  read(bytes) {
    const { model, classes, weights } = decodeCheckpoint(bytes, 'file');
    const values = [...weights].map(([name, { buffer, byteOffset, byteLength }]) =>
      digest(name, new Uint8Array(buffer, byteOffset, byteLength)),
    );
    return JSON.stringify([model, classes, values]);
  },
};

const RECORDS = ['config.json', 'summary.json', 'events.jsonl'];

/** The records of a run: the first line names the file, the rest is its content. */
export const recordsTarget: Target = {
  name: 'records',
  seeds: () => {
    mkdirSync(scratch, { recursive: true });
    const contents = RECORDS.slice(0, 2).map((name) => [
      name,
      readFileSync(join(PRETRAINED_RUN, name), 'utf8'),
    ]);
    const epoch = {
      epoch: 1,
      trainLoss: 1,
      validationLoss: 1,
      validationAccuracy: 0.5,
      seconds: 1,
      learningRate: 0.1,
    };
    const events = [
      { type: 'started' },
      { type: 'epoch', isBest: true, record: epoch },
      { type: 'finished' },
    ];
    return Promise.resolve([
      ...contents.map(([name, text]) => seedOf(name, `${name}\n${text}`)),
      seedOf('events.jsonl', `events.jsonl\n${events.map((event) => JSON.stringify(event)).join('\n')}\n`),
    ]);
  },
  read(bytes) {
    const name = nameOf(bytes);
    if (!RECORDS.includes(name)) throw new InklingError('not a record');
    for (const other of RECORDS) rmSync(join(scratch, other), { force: true });
    if (name === 'summary.json') writeFileSync(join(scratch, 'config.json'), '{}');
    writeFileSync(join(scratch, name), bytes.subarray(name.length + 1));
    if (name === 'events.jsonl') return JSON.stringify(readEvents(scratch));
    const { config, summary } = readRun(scratch);
    return JSON.stringify([config, summary]);
  },
  // Of a log, what is damaged is left out, also of a record that became one. Without its checksum, a record is one of an earlier version.
  protects: ({ bytes, seed }) => seed < 2 && nameOf(bytes) === RECORDS[seed] && isChecked(bytes),
};

/** The first line. */
function nameOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, Math.max(0, bytes.indexOf(0x0a))));
}

function isChecked(bytes: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(bytes.indexOf(0x0a) + 1)));
    return typeof value === 'object' && value !== null && 'checksum' in value;
  } catch {
    return true;
  }
}

const scratch = join('build', 'findings', `scratch-${process.pid}`);
