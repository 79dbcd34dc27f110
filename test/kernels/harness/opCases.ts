import { readdir } from 'node:fs/promises';
import type { PlanBuilder } from '#inkling/plan/builder.js';
import type { OpName, OpOf } from '#inkling/plan/ops.js';
import type { Differentiable } from '../../helpers/gradients.js';
import type { OpDraw } from './opDraw.js';

/**
 * How close a float32 kernel must come to the exact result:
 * - `exact`: the nearest float32;
 * - `rounded`: one or two roundings away, because everything before the result is computed in double precision;
 * - `summed`: roundings in proportion to the sum of its terms' magnitudes, which can be far larger than the result.
 */
export type Accuracy = 'exact' | 'rounded' | 'summed';

/** How an operation's kernels are tested against the reference. */
export interface OpTest<Name extends OpName> {
  readonly accuracy: Accuracy;
  /** Draws shapes, adds tensors and returns an operation on them. */
  draw(draw: OpDraw): OpOf<Name>;
  /** Maps a tensor's values so that the result is the sum of its terms' magnitudes; by default to their absolute values. */
  readonly magnitudeOf?: Readonly<Record<string, (value: number) => number>>;
  /** For `rounded`: the magnitude of float32 numbers that may cancel in the result. */
  readonly cancelling?: number;
}

/** The cases of a family of operations; a missing one does not compile. */
export type CasesOf<Names extends OpName> = { readonly [Name in Names]: OpTest<Name> };

/** A network of a few operations whose gradients are compared with finite differences. */
export interface GradientCase {
  readonly name: string;
  readonly batchSize: number;
  /** Images in the batch. */
  readonly count: number;
  readonly build: (builder: PlanBuilder) => Differentiable;
}

interface Family {
  readonly cases: Readonly<Partial<Record<OpName, OpTest<OpName>>>>;
  readonly gradients?: readonly GradientCase[];
}

const CASES = new URL('../cases/', import.meta.url);
const families = await Promise.all(
  (await readdir(CASES)).map((name) => import(new URL(name, CASES).href) as Promise<Family>),
);

const opTests = new Map(
  families.flatMap(({ cases }) => Object.entries(cases) as unknown as [OpName, OpTest<OpName>][]),
);

/** The finite-difference cases of all families. */
export const gradientCases = families.flatMap(({ gradients = [] }) => gradients);

/** @throws {Error} if no file in `test/kernels/cases` has a case for the operation */
export function opTestOf(name: OpName): OpTest<OpName> {
  const test = opTests.get(name);
  if (test === undefined) throw new Error(`${name}: no case; add one to a file in test/kernels/cases`);
  return test;
}
