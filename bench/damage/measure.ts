/**
 * Cuts a small file of each kind off before each of its bytes and flips each of its bits, counts what is detected when it is read,
 * and writes bench/results/damage.json: npm run bench:damage
 *
 * Also measures how long it takes to verify a checkpoint of 100 MB.
 */
import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { InklingError } from '#inkling/core/errors.js';
import { crc32 } from '#inkling/core/checksum.js';
import { bitFlips, type DamagedFile, truncations } from './damage.js';
import { type DamageableFile, makeFiles } from './files.js';

const FILE = 'bench/results/damage.json';
const LARGE_BYTES = 100_000_000;
const ROUNDS = 5;

const rows: object[] = [];
for (const file of makeFiles()) {
  const row = {
    kind: file.kind,
    bytes: file.bytes.length,
    truncations: await count(file, truncations(file.bytes)),
    flips: await count(file, bitFlips(file.bytes, file.isProtected)),
  };
  rows.push(row);
  console.log(JSON.stringify(row));
}
const large = new Uint8Array(LARGE_BYTES).map((_, i) => i * 7);
const seconds = Array.from({ length: ROUNDS }, () => {
  const start = performance.now();
  crc32(large);
  return (performance.now() - start) / 1000;
}).sort((a, b) => a - b)[ROUNDS >> 1];
const record = { rows, checksum: { bytes: LARGE_BYTES, seconds: Number(seconds.toFixed(3)) } };
writeFileSync(FILE, `${JSON.stringify(record, null, 1)}\n`);
console.log(`wrote ${FILE}`);

interface Counts {
  readonly total: number;
  /** Rejected when read. */
  readonly rejected: number;
  /** Read with the same result, such as a time stamp that is not used. */
  readonly unchanged: number;
  /** Read with another result. */
  readonly undetected: number;
}

async function count({ bytes, read }: DamageableFile, damaged: Iterable<DamagedFile>): Promise<Counts> {
  const intact = await read(bytes);
  let [total, rejected, unchanged] = [0, 0, 0];
  for (const { bytes: copy } of damaged) {
    total += 1;
    try {
      if (isDeepStrictEqual(await read(copy), intact)) unchanged += 1;
    } catch (error) {
      if (!(error instanceof InklingError || error instanceof SyntaxError)) throw error;
      rejected += 1;
    }
  }
  return { total, rejected, unchanged, undetected: total - rejected - unchanged };
}
