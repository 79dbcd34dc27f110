import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Simd } from '#inkling/platform/host.js';
import { ROOT } from './system.js';

/** Independent sums: more than the latency of a multiply-add times the number that a core starts per cycle. */
const SUMS = 12;
const LANES = 4;
/** About 20 milliseconds. */
const ROUNDS = 10_000_000;
const BURSTS = 50;

/** Measures the peak of one core in WebAssembly, in GFLOP/s: multiply-adds in registers, without loads or stores. */
export async function measurePeak(simd: Simd, folder: string): Promise<number> {
  const multiplyAdd = await compileLoop(simd, folder);
  const bursts = Array.from({ length: BURSTS }, () => {
    const started = performance.now();
    multiplyAdd(ROUNDS, 0.5, 1);
    const seconds = (performance.now() - started) / 1000;
    return (2 * SUMS * LANES * ROUNDS) / seconds / 1e9;
  });
  // The fastest burst is the one with the least interference.
  return Math.max(...bursts);
}

async function compileLoop(
  simd: Simd,
  folder: string,
): Promise<(rounds: number, a: number, b: number) => number> {
  writeFileSync(join(folder, 'peak.ts'), loopSource(simd));
  const features = simd === 'fma' ? 'simd,relaxed-simd' : 'simd';
  const flags = ['--optimizeLevel=3', '--runtime=stub', `--enable=${features}`, '--outFile=peak.wasm'];
  // Importing the compiler's API would add the types of its standard library to every file of this program.
  const compiler = join(ROOT, 'node_modules', 'assemblyscript', 'bin', 'asc.js');
  execFileSync(process.execPath, [compiler, 'peak.ts', ...flags], { cwd: folder });
  const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, 'peak.wasm')));
  return instance.exports.multiplyAdd as (rounds: number, a: number, b: number) => number;
}

/** The factor and the term are parameters because constants would be rematerialized for each operation. */
function loopSource(simd: Simd): string {
  const sums = Array.from({ length: SUMS }, (_, i) => `sum${i}`);
  const multiplyAdd = (sum: string) =>
    simd === 'fma'
      ? `f32x4.relaxed_madd(factor, term, ${sum})`
      : `f32x4.add(f32x4.mul(${sum}, factor), term)`;
  return `
    export function multiplyAdd(rounds: i32, a: f32, b: f32): f32 {
      const factor = f32x4.splat(a);
      const term = f32x4.splat(b);
      ${sums.map((sum, i) => `let ${sum} = f32x4.splat(${i});`).join('\n')}
      for (let i = 0; i < rounds; i++) {
        ${sums.map((sum) => `${sum} = ${multiplyAdd(sum)};`).join('\n')}
      }
      return f32x4.extract_lane(${sums.reduce((total, sum) => `f32x4.add(${total}, ${sum})`)}, 0);
    }`;
}
