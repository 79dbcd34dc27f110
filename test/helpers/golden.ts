import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { backboneNamed } from '#inkling/backbones/catalog.js';

/** The reason for skipping tests that need PyTorch's records. */
export const noGolden =
  'no record of PyTorch’s run: neither INKLING_GOLDEN_DIR nor a golden folder next to INKLING_DATA_DIR';

/** The folder with PyTorch's records of the report's program; undefined if there is none. */
export function goldenFolder(): string | undefined {
  const { INKLING_GOLDEN_DIR, INKLING_DATA_DIR } = process.env;
  const folder = INKLING_GOLDEN_DIR ?? (INKLING_DATA_DIR && join(INKLING_DATA_DIR, '../golden'));
  return folder && existsSync(folder) ? folder : undefined;
}

/** A file that PyTorch wrote while running the report's program; undefined if it is not available. */
export function goldenFile(name: string): Uint8Array | undefined {
  const folder = goldenFolder();
  if (folder === undefined) return undefined;
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path) : undefined;
}

const recordSchema = z.object({
  split: z.object({ train_sha256_u32le: z.string(), validation_sha256_u32le: z.string() }),
  step_losses: z.array(z.number()),
  epochs: z.array(z.object({ order_sha256_u32le: z.string() })),
});

/** PyTorch's record of the program with this seed; undefined if it is not available. */
export function golden(seed: number): z.infer<typeof recordSchema> | undefined {
  const bytes = goldenFile(`report-seed-${seed}.json`);
  return bytes && recordSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
}

/** The SHA-256 hash of the numbers as little-endian 32-bit integers. */
export function digest(numbers: Uint32Array): string {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, i) => bytes.writeUInt32LE(number, i * 4));
  return createHash('sha256').update(bytes).digest('hex');
}

/** The bytes of a tensor in a safetensors file; the product reads only tensors of floats. */
export function goldenTensor(file: Uint8Array, name: string): Uint8Array<ArrayBuffer> {
  const headerBytes = Number(Buffer.from(file).readBigUInt64LE());
  const header = headerSchema.parse(JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerBytes))));
  const [start, end] = header[name].data_offsets;
  return Uint8Array.from(file.subarray(8 + headerBytes + start, 8 + headerBytes + end));
}

const headerSchema = z.record(z.string(), z.object({ data_offsets: z.tuple([z.number(), z.number()]) }));

/** The reason for skipping tests that need published weights. */
export const noWeights = 'no weights: INKLING_DATA_DIR is not set, or does not contain backbones/';

/** The folder with the weights of a backbone; undefined if it is not available. */
export function weightsFolder(name: string): string | undefined {
  const { file } = backboneNamed(name);
  const folder = process.env.INKLING_DATA_DIR;
  return folder && existsSync(join(folder, 'backbones', file.name)) ? folder : undefined;
}

const topSchema = z.object({
  top5: z.record(z.string(), z.array(z.object({ index: z.number(), probability: z.number() }))),
});

/** The five most probable classes of each photo, from the bytes of PyTorch's record. */
export function goldenTop5(record: Uint8Array) {
  return topSchema.parse(JSON.parse(new TextDecoder().decode(record))).top5;
}
