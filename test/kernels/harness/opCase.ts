import { referenceKernels } from '#inkling/kernels/generated/referenceKernels.js';
import { Arena } from '#inkling/plan/arena.js';
import { PlanBuilder } from '#inkling/plan/builder.js';
import { TensorMemory } from '#inkling/plan/memory.js';
import type { Op, OpName } from '#inkling/plan/ops.js';
import type { Plan } from '#inkling/plan/plan.js';
import type { Step } from '#inkling/plan/steps.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import { opTestOf } from './opCases.js';
import { OpDraw } from './opDraw.js';
import { interiorOf } from '../../helpers/referenceRun.js';
import { arrayOf, runAlone } from '../../helpers/wasmRun.js';

/** The row of the plan's steps that cases run with. */
export const STEPS_ROW = 3;
const FLOAT32_EPSILON = 2 ** -23;
/** Four roundings of the whole sum: rounding errors are independent, so that they grow like the root of the terms. */
const SUMMED = 4 * FLOAT32_EPSILON;
/** A rounding is half an epsilon: one of the result and one of a factor, and a little for what float64 rounds. */
const ROUNDED = 1.01 * FLOAT32_EPSILON;
/** What float64 leaves of numbers near 10 that cancel out. */
const CANCELLED = 1e-14;

export interface OpCase {
  readonly op: Op;
  readonly plan: Plan;
  readonly bytes: number;
  readonly step: Step;
  /** What the tensors hold before the step, halos left out. */
  readonly values: ReadonlyMap<Tensor, readonly number[]>;
}

/** The case of that index: a plan of one operation on random numbers. */
export function opCaseOf(name: OpName, index: number, arena = new Arena()): OpCase {
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

/** Puts a case's numbers into a memory. */
export function fill(
  memory: TensorMemory,
  { values }: OpCase,
  map?: (value: number, tensor: Tensor) => number,
): void {
  for (const [tensor, numbers] of values) {
    const array = arrayOf(memory, tensor);
    interiorOf(tensor).forEach((place, element) => {
      array[place] = map?.(numbers[element], tensor) ?? numbers[element];
    });
  }
}

function referenceOf(test: OpCase): TensorMemory {
  const memory = TensorMemory.inDoublePrecision(test.bytes);
  fill(memory, test);
  runAlone(test.plan, referenceKernels, memory, memory, test.step, STEPS_ROW);
  return memory;
}

/** The same sums over the magnitudes of their terms. */
function magnitudesOf(test: OpCase): TensorMemory {
  const memory = TensorMemory.inDoublePrecision(test.bytes);
  const { magnitudeOf = {} } = opTestOf(test.op.op);
  fill(memory, test, (value, { name }) => (magnitudeOf[name] ?? Math.abs)(value));
  // Optimizers subtract the change.
  const step = { ...test.step, learningRate: -test.step.learningRate };
  runAlone(test.plan, referenceKernels, memory, memory, step, STEPS_ROW);
  return memory;
}

/**
 * Whether Winograd's algorithm computes an operation. It adds and subtracts neighbouring pixels and taps before it multiplies, so
 * that its error is in proportion to the largest of the sums, whichever it is in.
 */
function usesWinograd(op: Op): boolean {
  return op.op === 'winogradWeight' || ('winograd' in op && op.winograd) || 'transformed' in op.reads;
}

/** The reference's number at a place of a tensor, and how far from it a kernel's may be. */
export type Expectation = (place: number) => readonly [value: number, allowed: number];

export function expectationsOf(test: OpCase): (tensor: Tensor) => Expectation {
  const { accuracy, cancelling = 0 } = opTestOf(test.op.op);
  const truth = referenceOf(test);
  const magnitudes = accuracy === 'summed' ? magnitudesOf(test) : truth;
  return (tensor) => {
    const values = arrayOf(truth, tensor);
    const sums = arrayOf(magnitudes, tensor);
    if (tensor.dtype === 'i32') return (place) => [values[place], 0];
    if (accuracy === 'summed' && usesWinograd(test.op)) {
      const largest = interiorOf(tensor).reduce((most, place) => Math.max(most, sums[place] || 0), 0);
      return (place) => [values[place], largest * SUMMED];
    }
    if (accuracy === 'summed') return (place) => [values[place], sums[place] * SUMMED];
    if (accuracy === 'rounded') {
      return (place) => [values[place], (Math.abs(values[place]) + cancelling) * ROUNDED + CANCELLED];
    }
    return (place) => [tensor.dtype === 'f32' ? Math.fround(values[place]) : values[place], 0];
  };
}
