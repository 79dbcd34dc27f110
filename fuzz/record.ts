import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import * as z from 'zod';
import type { FuzzResult } from './fuzz.js';

const recordSchema = z.object({
  machine: z.object({ processor: z.string(), cores: z.number(), node: z.string() }),
  targets: z.array(
    z.object({
      target: z.string(),
      seeds: z.array(z.number()),
      inputs: z.number(),
      accepted: z.number(),
      seconds: z.number(),
      peakMemoryMB: z.number(),
      hangs: z.number(),
      excessiveMemory: z.number(),
      untypedErrors: z.number(),
      wrongAccepts: z.number(),
    }),
  ),
});

/** Adds the counts of a run to those of earlier runs with other seeds. */
export function addToRecord(
  path: string,
  { target, seed, inputs, accepted, seconds, peakMemoryBytes, findings }: FuzzResult,
): void {
  const machine = { processor: cpus()[0].model, cores: availableParallelism(), node: process.version };
  const record = existsSync(path)
    ? recordSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
    : { machine, targets: [] };
  const before = record.targets.find((each) => each.target === target);
  const count = (kind: string) => findings.filter((finding) => finding.kind === kind).length;
  const sum = {
    target,
    seeds: [...new Set([...(before?.seeds ?? []), seed])],
    inputs: (before?.inputs ?? 0) + inputs,
    accepted: (before?.accepted ?? 0) + accepted,
    seconds: Math.round((before?.seconds ?? 0) + seconds),
    peakMemoryMB: Math.max(before?.peakMemoryMB ?? 0, Math.round(peakMemoryBytes / 1e6)),
    hangs: (before?.hangs ?? 0) + count('hang'),
    excessiveMemory: (before?.excessiveMemory ?? 0) + count('memory'),
    untypedErrors: (before?.untypedErrors ?? 0) + count('untyped error'),
    wrongAccepts: (before?.wrongAccepts ?? 0) + count('wrong accept'),
  };
  const targets = [...record.targets.filter((each) => each.target !== target), sum];
  writeFileSync(path, `${JSON.stringify({ machine, targets }, null, 2)}\n`);
}
