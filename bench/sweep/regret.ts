/** Compares Inkling's TPE with Optuna's on standard functions, whose minimum is 0. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as z from 'zod';
import { tpeSampler } from '#inkling/sweep/samplers/tpe/tpe.js';
import { ROOT } from '../system.js';
import { lowestValues, objectives } from './objectives.js';
import { quantile } from './quantile.js';

const TRIALS = 100;
const REPETITIONS = 20;
const SCRIPT = join(ROOT, 'bench', 'sweep', 'optuna_regret.py');
const MAX_BYTES = 2 ** 24;

const outputSchema = z.object({
  version: z.string(),
  /** By function: the lowest value after each trial, of each repetition. */
  curves: z.record(z.string(), z.array(z.array(z.number()))),
});

/** The quartiles over the repetitions after each trial. */
export interface Quartiles {
  readonly lower: readonly number[];
  readonly median: readonly number[];
  readonly upper: readonly number[];
}

export interface Regret {
  readonly function: string;
  readonly inkling: Quartiles;
  readonly optuna: Quartiles;
}

export function measureRegret(): {
  optuna: string;
  trials: number;
  repetitions: number;
  functions: Regret[];
} {
  const python = process.env.INKLING_BENCH_PYTHON ?? 'python3';
  const names = Object.keys(objectives) as (keyof typeof objectives)[];
  const text = execFileSync(python, [SCRIPT, String(TRIALS), String(REPETITIONS)], {
    encoding: 'utf8',
    maxBuffer: MAX_BYTES,
  });
  const { version, curves } = outputSchema.parse(JSON.parse(text));
  const functions = names.map((name) => {
    const objective = objectives[name];
    const found = Array.from({ length: REPETITIONS }, (_, seed) =>
      lowestValues(objective, tpeSampler({ space: objective.space, seed, direction: 'minimize' }), TRIALS),
    );
    return {
      function: name,
      inkling: quartilesOf(found, TRIALS),
      optuna: quartilesOf(curves[name], TRIALS),
    };
  });
  return { optuna: version, trials: TRIALS, repetitions: REPETITIONS, functions };
}

export function quartilesOf(curves: readonly (readonly number[])[], trials: number): Quartiles {
  const after = (fraction: number) =>
    Array.from({ length: trials }, (_, trial) =>
      Number(
        quantile(
          curves.map((curve) => curve[trial]),
          fraction,
        ).toPrecision(4),
      ),
    );
  return { lower: after(0.25), median: after(0.5), upper: after(0.75) };
}
