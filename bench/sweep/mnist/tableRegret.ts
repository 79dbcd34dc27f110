/** Compares Inkling's TPE with Optuna's on the table. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as z from 'zod';
import { describeSample } from '#inkling/runs/compare/statistics.js';
import { tpeSampler } from '#inkling/sweep/samplers/tpe/tpe.js';
import { ROOT } from '../../system.js';
import { lowestValues, type Objective, spaceOf } from '../objectives.js';
import { quartilesOf, type Regret } from '../regret.js';
import { GRID, gridPoints, type Results, TABLES } from './grid.js';

const TRIALS = 60;
const REPETITIONS = 100;
const SCRIPT = join(ROOT, 'bench', 'sweep', 'mnist', 'optuna_table.py');
/** The 97.5 % quantile of the standard normal distribution. */
const NORMAL_QUANTILE = 1.96;

const outputSchema = z.object({ version: z.string(), curves: z.array(z.array(z.number())) });

/** After the last trial: the means over the repetitions, and the 95 % interval of Inkling's minus that of Optuna. */
interface LastRegret {
  readonly inkling: number;
  readonly optuna: number;
  readonly difference: readonly [low: number, high: number];
}

/** The difference to the best accuracy of the table, in percentage points, after each trial. */
export function measureTableRegret(results: Results): {
  optuna: string;
  trials: number;
  repetitions: number;
  last: LastRegret;
  curve: Regret;
} {
  const python = process.env.INKLING_BENCH_PYTHON ?? 'python3';
  const text = execFileSync(python, [SCRIPT, results.file, String(TRIALS), String(REPETITIONS)], {
    encoding: 'utf8',
  });
  const { version, curves } = outputSchema.parse(JSON.parse(text));
  const objective = objectiveOf(results);
  const found = Array.from({ length: REPETITIONS }, (_, seed) =>
    lowestValues(objective, tpeSampler({ space: objective.space, seed, direction: 'minimize' }), TRIALS),
  );
  return {
    optuna: version,
    trials: TRIALS,
    repetitions: REPETITIONS,
    last: lastOf(found, curves),
    curve: {
      function: 'report-cnn on MNIST: percentage points below the best',
      inkling: quartilesOf(found, TRIALS),
      optuna: quartilesOf(curves, TRIALS),
    },
  };
}

function lastOf(inkling: readonly (readonly number[])[], optuna: readonly (readonly number[])[]): LastRegret {
  const [own, other] = [inkling, optuna].map((curves) =>
    describeSample(curves.map((curve) => curve[TRIALS - 1])),
  );
  const variances = [own, other].map(({ standardDeviation, count }) => standardDeviation ** 2 / count);
  const reach = NORMAL_QUANTILE * Math.sqrt(variances[0] + variances[1]);
  const difference = own.mean - other.mean;
  return { inkling: own.mean, optuna: other.mean, difference: [difference - reach, difference + reach] };
}

/** Numbers between those of the grid have the results of the nearest one. */
function objectiveOf({ curves, images: { validation } }: Results): Objective {
  const best = curves.map((curve) => Math.max(...curve));
  const highest = Math.max(...best);
  const { models } = TABLES.mnist;
  const points = gridPoints(TABLES.mnist);
  const { optimizer, learningRate, batchSize } = GRID;
  return {
    space: spaceOf(
      { choice: [...models] },
      { choice: [...optimizer] },
      { float: [learningRate[0], learningRate[learningRate.length - 1]], log: true },
      { int: [batchSize[0], batchSize[batchSize.length - 1]], log: true },
    ),
    valueOf([model, optimizer, rate, size]) {
      const nearest = {
        rate: nearestOf(learningRate, Number(rate)),
        size: nearestOf(batchSize, Number(size)),
      };
      const index = points.findIndex(
        (point) =>
          point.model === model &&
          point.optimizer === optimizer &&
          point.learningRate === nearest.rate &&
          point.batchSize === nearest.size,
      );
      return ((highest - best[index]) / validation) * 100;
    },
  };
}

/** In the logarithm. */
function nearestOf(values: readonly number[], number: number): number {
  const distances = values.map((value) => Math.abs(Math.log(value / number)));
  return values[distances.indexOf(Math.min(...distances))];
}
