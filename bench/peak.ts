import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Simd } from '#inkling/platform/node.js';
import { ROOT } from './system.js';

/** Sums that grow side by side: more than a multiply-add's latency times how many a core starts at a time. */
const SUMS = 12;
const LANES = 4;
/** Some 20 milliseconds. */
const ROUNDS = 10_000_000;
const BURSTS = 50;

/** How many billion multiplications and additions a second one core does in WebAssembly, with nothing to load or store. */
export async function measurePeak(simd: Simd, folder: string): Promise<number> {
  const multiplyAdd = await compileLoop(simd, folder);
  const bursts = Array.from({ length: BURSTS }, () => {
    const started = performance.now();
    multiplyAdd(ROUNDS, 0.5, 1);
    const seconds = (performance.now() - started) / 1000;
    return (2 * SUMS * LANES * ROUNDS) / seconds / 1e9;
  });
  // A limit is what is reached when nothing disturbs.
  return Math.max(...bursts);
}

async function compileLoop(
  simd: Simd,
  folder: string,
): Promise<(rounds: number, a: number, b: number) => number> {
  writeFileSync(join(folder, 'peak.ts'), loopSource(simd));
  const features = simd === 'fma' ? 'simd,relaxed-simd' : 'simd';
  const flags = ['--optimizeLevel=3', '--runtime=stub', `--enable=${features}`, '--outFile=peak.wasm'];
  // Its API would bring the types of its own standard library into every file of this program.
  const compiler = join(ROOT, 'node_modules', 'assemblyscript', 'bin', 'asc.js');
  execFileSync(process.execPath, [compiler, 'peak.ts', ...flags], { cwd: folder });
  const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, 'peak.wasm')));
  return instance.exports.multiplyAdd as (rounds: number, a: number, b: number) => number;
}

/** The two factors come from outside: constants would be made anew for each operation. */
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
