import { referenceKernels } from '#inkling/kernels/generated/referenceKernels.js';
import { Arena } from '#inkling/plan/arena.js';
import { PlanBuilder } from '#inkling/plan/builder.js';
import { TensorMemory } from '#inkling/plan/memory.js';
import type { Op, OpName } from '#inkling/plan/ops.js';
import type { Plan } from '#inkling/plan/plan.js';
import type { Step } from '#inkling/plan/steps.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import { tileSizeOf } from '#inkling/plan/winograd.js';
import { opTestOf } from './opCases.js';
import { OpDraw } from './opDraw.js';
import { interiorOf } from '../../helpers/referenceRun.js';
import { arrayOf, runAlone } from '../../helpers/wasmRun.js';

/** The row of the plan's steps that cases run with. */
export const STEPS_ROW = 3;
const FLOAT32_EPSILON = 2 ** -23;
/** Four roundings of the sum: rounding errors are independent, so that they grow with the square root of the number of terms. */
const SUMMED = 4 * FLOAT32_EPSILON;
/** Two roundings, of the result and of a factor, of half an epsilon each, and a margin for the rounding of float64. */
const ROUNDED = 1.01 * FLOAT32_EPSILON;
/** The error of float64 for numbers near 10 that cancel. */
const CANCELLED = 1e-14;

export interface OpCase {
  readonly op: Op;
  readonly plan: Plan;
  readonly bytes: number;
  readonly step: Step;
  /** The values of the tensors before the step, without halos. */
  readonly values: ReadonlyMap<Tensor, readonly number[]>;
}

/** The case with an index: a plan of one operation on random values. */
export function opCaseOf(name: OpName, index: number): OpCase {
  const arena = new Arena(false);
  const builder = new PlanBuilder(arena, OpDraw.batchOf(index)[0]);
  const draw = new OpDraw(builder, index);
  const op = opTestOf(name).draw(draw);
  builder.add(op);
  const plan = builder.build(name);
  const step: Step = {
    first: draw.integer(0, 5),
    count: draw.count,
    learningRate: 0.01,
    biasCorrection1: 0.3,
    biasCorrection2: 0.02,
    averageShare: 0.1,
    dropoutSeed: draw.random.uint32(),
    augmentSeed: draw.random.uint32(),
  };
  const values = new Map<Tensor, number[]>();
  for (const tensor of [...tensorsOf(op.reads), ...tensorsOf(op.writes)]) {
    const isRead = tensorsOf(op.reads).includes(tensor);
    const usual = () => (isRead ? draw.random.uniform(-1, 1) : NaN);
    values.set(
      tensor,
      interiorOf(tensor).map((_, element) => (draw.values.get(tensor) ?? usual)(element)),
    );
  }
  return { op, plan, bytes: arena.bytes, step, values };
}

export function tensorsOf(tensors: Op['reads'] | Op['writes']): Tensor[] {
  return Object.values<Tensor>(tensors);
}

/** Writes a case's values to a memory. */
export function fill(
  memory: TensorMemory,
  { values }: OpCase,
  map?: (value: number, tensor: Tensor) => number,
): void {
  for (const [tensor, numbers] of values) {
    const array = arrayOf(memory, tensor);
    interiorOf(tensor).forEach((index, element) => {
      array[index] = map?.(numbers[element], tensor) ?? numbers[element];
    });
  }
}

function referenceOf(test: OpCase, row: number): TensorMemory {
  const memory = TensorMemory.inDoublePrecision(test.bytes);
  fill(memory, test);
  runAlone(test.plan, referenceKernels, memory, memory, test.step, row);
  return memory;
}

/** The same sums, over the magnitudes of their terms. */
function magnitudesOf(test: OpCase, row: number): TensorMemory {
  const memory = TensorMemory.inDoublePrecision(test.bytes);
  const { magnitudeOf = {} } = opTestOf(test.op.op);
  fill(memory, test, (value, { name }) => (magnitudeOf[name] ?? Math.abs)(value));
  // Optimizers subtract the change.
  const step = { ...test.step, learningRate: -test.step.learningRate };
  runAlone(withoutRelu(test.plan), referenceKernels, memory, memory, step, row);
  return memory;
}

/** A plan whose convolutions are not bounded, which would bound the magnitudes too. */
function withoutRelu({ stages, ...plan }: Plan): Plan {
  const unbounded = (op: Op): Op => ('relu' in op ? { ...op, relu: undefined } : op);
  return { ...plan, stages: stages.map((stage) => ({ ...stage, ops: stage.ops.map(unbounded) })) };
}

/**
 * Whether Winograd's algorithm computes an operation. It adds and subtracts adjacent pixels and taps before it multiplies, so that
 * the error of every sum is in proportion to the largest sum.
 */
function usesWinograd(op: Op): boolean {
  return (
    op.op === 'winogradWeight' || ('tileSize' in op && op.tileSize !== undefined) || 'transformed' in op.reads
  );
}

/** Tiles of 4×4 outputs are transformed with larger factors, which doubles the rounding errors. */
const LARGE_TILES = 2;

function hasLargeTiles(op: Op): boolean {
  if ('tileSize' in op) return op.tileSize === 4;
  return (
    'transformed' in op.reads && op.reads.transformed !== undefined && tileSizeOf(op.reads.transformed) === 4
  );
}

/** The reference's value at an index of a tensor, and the maximum deviation allowed for a kernel. */
export type Expectation = (index: number) => readonly [value: number, allowed: number];

/** @param row of the plan's steps that the kernel runs with */
export function expectationsOf(test: OpCase, row = STEPS_ROW): (tensor: Tensor) => Expectation {
  const { accuracy, cancelling = 0 } = opTestOf(test.op.op);
  const truth = referenceOf(test, row);
  const magnitudes = accuracy === 'summed' ? magnitudesOf(test, row) : truth;
  return (tensor) => {
    const values = arrayOf(truth, tensor);
    const sums = arrayOf(magnitudes, tensor);
    if (tensor.dtype === 'i32') return (index) => [values[index], 0];
    if (accuracy === 'summed' && usesWinograd(test.op)) {
      const largest = interiorOf(tensor).reduce((most, index) => Math.max(most, sums[index] || 0), 0);
      const allowed = largest * SUMMED * (hasLargeTiles(test.op) ? LARGE_TILES : 1);
      return (index) => [values[index], allowed];
    }
    if (accuracy === 'summed') return (index) => [values[index], sums[index] * SUMMED];
    if (accuracy === 'rounded') {
      return (index) => [values[index], (Math.abs(values[index]) + cancelling) * ROUNDED + CANCELLED];
    }
    return (index) => [tensor.dtype === 'f32' ? Math.fround(values[index]) : values[index], 0];
  };
}
