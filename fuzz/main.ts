/** Fuzzes the code that reads data from outside: see docs/reliability.md. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatCount } from '#inkling/core/format.js';
import { runProgram } from '../bench/runProgram.js';
import { fuzz, type FuzzResult } from './fuzz.js';
import { inputOf } from './judge.js';
import { type Options, parseOptions, USAGE } from './options.js';
import { addToRecord } from './record.js';
import { openTarget } from './targets/index.js';

/** Where inputs are saved that a target does not read as it should. */
const FINDINGS = 'build/findings';

await runProgram(parseOptions, USAGE, main);

async function main({ targets, seconds, seed, replay, record }: Options): Promise<void> {
  for (const target of targets) {
    const range = replay === undefined ? {} : { from: replay, inputs: 1 };
    const result = await fuzz({ target, seed, seconds, ...range });
    report(result);
    if (replay !== undefined) await save(target, seed, replay);
    for (const { kind, index, detail } of result.findings) {
      const file = await save(target, seed, index);
      console.log(`  ${kind}: ${detail}\n    input ${index}, saved as ${file}`);
      console.log(`    repeat: npm run fuzz -- ${target} --seed ${seed} --replay ${index}`);
      process.exitCode = 1;
    }
    if (record !== undefined) addToRecord(record, result);
  }
}

function report({ target, inputs, accepted, seconds, peakMemoryBytes, findings }: FuzzResult): void {
  const columns = [
    target.padEnd(12),
    `${formatCount(inputs)} inputs`.padStart(18),
    `${formatCount(inputs / Math.max(seconds, 0.001))}/s`.padStart(10),
    `${((100 * accepted) / Math.max(inputs, 1)).toFixed(1)} % accepted`.padStart(17),
    `${formatCount(peakMemoryBytes / 1e6)} MB`.padStart(9),
    findings.length === 0 ? 'no findings' : `${findings.length} findings`,
  ];
  console.log(columns.join('  '));
}

async function openSeeds(name: string) {
  const target = await openTarget(name);
  return { target, seeds: await target.seeds() };
}

async function save(target: string, seed: number, index: number): Promise<string> {
  const { bytes } = inputOf(await openSeeds(target), seed, index);
  mkdirSync(FINDINGS, { recursive: true });
  const file = join(FINDINGS, `${target}-${seed}-${index}`);
  writeFileSync(file, bytes);
  return file;
}
