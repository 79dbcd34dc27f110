import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const recordSchema = z.object({
  split: z.object({ train_sha256_u32le: z.string(), validation_sha256_u32le: z.string() }),
  epochs: z.array(z.object({ order_sha256_u32le: z.string() })),
});

/** What PyTorch recorded of the program with this seed; undefined where no such record is at hand. */
export function golden(seed: number): z.infer<typeof recordSchema> | undefined {
  const { INKLING_GOLDEN_DIR, INKLING_DATA_DIR } = process.env;
  const folder = INKLING_GOLDEN_DIR ?? (INKLING_DATA_DIR && join(INKLING_DATA_DIR, '../golden'));
  if (!folder) return undefined;
  const path = join(folder, `report-seed-${seed}.json`);
  return existsSync(path) ? recordSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

/** SHA-256 of the numbers as little-endian 32-bit integers. */
export function digest(numbers: Uint32Array): string {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, i) => bytes.writeUInt32LE(number, i * 4));
  return createHash('sha256').update(bytes).digest('hex');
}
