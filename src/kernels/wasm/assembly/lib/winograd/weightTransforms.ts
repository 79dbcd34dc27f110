import { multiplyAdd, multiplySubtract, Pair, VECTOR } from '../simd';

/*
 * The transforms of weights and of their gradients in Winograd's algorithm: products with G and Gᵀ, which `transforms.ts` defines. In
 * both, `first`, `factorA` and `factorB` are the factors of the rows of G for m = 4, and `size` is m.
 */

export class WeightTransform {
  /** G. */
  @inline
  static weight(
    size: i32,
    half: v128,
    a: v128,
    b: v128,
    aa: v128,
    bb: v128,
    first: v128,
    factorA: v128,
    factorB: v128,
    from: i32,
    step: i32,
    to: i32,
    toStep: i32,
  ): void {
    if (size == 2) WeightTransform.weight2(half, from, step, to, toStep);
    else WeightTransform.weight4(a, b, aa, bb, first, factorA, factorB, from, step, to, toStep);
  }

  /** G for m = 2. */
  @inline
  static weight2(half: v128, from: i32, step: i32, to: i32, toStep: i32): void {
    const g0 = v128.load(from);
    const h0 = v128.load(from, VECTOR);
    const g1 = v128.load(from + step);
    const h1 = v128.load(from + step, VECTOR);
    const g2 = v128.load(from + 2 * step);
    const h2 = v128.load(from + 2 * step, VECTOR);
    const gEnds = f32x4.add(g0, g2);
    const hEnds = f32x4.add(h0, h2);
    Pair.store(to, g0, h0);
    Pair.store(to + toStep, f32x4.mul(half, f32x4.add(gEnds, g1)), f32x4.mul(half, f32x4.add(hEnds, h1)));
    Pair.store(to + 2 * toStep, f32x4.mul(half, f32x4.sub(gEnds, g1)), f32x4.mul(half, f32x4.sub(hEnds, h1)));
    Pair.store(to + 3 * toStep, g2, h2);
  }

  /** G for m = 4. */
  @inline
  static weight4(
    a: v128,
    b: v128,
    aa: v128,
    bb: v128,
    first: v128,
    factorA: v128,
    factorB: v128,
    from: i32,
    step: i32,
    to: i32,
    toStep: i32,
  ): void {
    const g0 = v128.load(from);
    const h0 = v128.load(from, VECTOR);
    const g1 = v128.load(from + step);
    const h1 = v128.load(from + step, VECTOR);
    const g2 = v128.load(from + 2 * step);
    const h2 = v128.load(from + 2 * step, VECTOR);
    Pair.store(to, f32x4.mul(first, g0), f32x4.mul(first, h0));
    WeightTransform.values(a, aa, factorA, g0, h0, g1, h1, g2, h2, to + toStep, toStep);
    WeightTransform.values(b, bb, factorB, g0, h0, g1, h1, g2, h2, to + 3 * toStep, toStep);
    Pair.store(to + 5 * toStep, g2, h2);
  }

  /** The two rows of G for the points ± `point`: the values of a polynomial there, times `factor`. */
  @inline
  static values(
    point: v128,
    square: v128,
    factor: v128,
    g0: v128,
    h0: v128,
    g1: v128,
    h1: v128,
    g2: v128,
    h2: v128,
    to: i32,
    toStep: i32,
  ): void {
    const gEven = multiplyAdd(square, g2, g0);
    const hEven = multiplyAdd(square, h2, h0);
    Pair.store(
      to,
      f32x4.mul(factor, multiplyAdd(point, g1, gEven)),
      f32x4.mul(factor, multiplyAdd(point, h1, hEven)),
    );
    Pair.store(
      to + toStep,
      f32x4.mul(factor, multiplySubtract(point, g1, gEven)),
      f32x4.mul(factor, multiplySubtract(point, h1, hEven)),
    );
  }

  /** Gᵀ, of sums over tiles, which become the gradient of a weight. */
  @inline
  static sums(
    size: i32,
    half: v128,
    a: v128,
    b: v128,
    aa: v128,
    bb: v128,
    first: v128,
    factorA: v128,
    factorB: v128,
    from: i32,
    step: i32,
    to: i32,
    toStep: i32,
  ): void {
    if (size == 2) WeightTransform.sums2(half, from, step, to, toStep);
    else WeightTransform.sums4(a, b, aa, bb, first, factorA, factorB, from, step, to, toStep);
  }

  /** Gᵀ for m = 2: of sums over tiles, which become the gradient of a weight. */
  @inline
  static sums2(half: v128, from: i32, step: i32, to: i32, toStep: i32): void {
    const s0 = v128.load(from);
    const t0 = v128.load(from, VECTOR);
    const s1 = v128.load(from + step);
    const t1 = v128.load(from + step, VECTOR);
    const s2 = v128.load(from + 2 * step);
    const t2 = v128.load(from + 2 * step, VECTOR);
    const s3 = v128.load(from + 3 * step);
    const t3 = v128.load(from + 3 * step, VECTOR);
    const sEven = f32x4.mul(half, f32x4.add(s1, s2));
    const tEven = f32x4.mul(half, f32x4.add(t1, t2));
    Pair.store(to, f32x4.add(s0, sEven), f32x4.add(t0, tEven));
    Pair.store(to + toStep, f32x4.mul(half, f32x4.sub(s1, s2)), f32x4.mul(half, f32x4.sub(t1, t2)));
    Pair.store(to + 2 * toStep, f32x4.add(sEven, s3), f32x4.add(tEven, t3));
  }

  /** Gᵀ for m = 4. */
  @inline
  static sums4(
    a: v128,
    b: v128,
    aa: v128,
    bb: v128,
    first: v128,
    factorA: v128,
    factorB: v128,
    from: i32,
    step: i32,
    to: i32,
    toStep: i32,
  ): void {
    const s0 = v128.load(from);
    const t0 = v128.load(from, VECTOR);
    const s1 = v128.load(from + step);
    const t1 = v128.load(from + step, VECTOR);
    const s2 = v128.load(from + 2 * step);
    const t2 = v128.load(from + 2 * step, VECTOR);
    const s3 = v128.load(from + 3 * step);
    const t3 = v128.load(from + 3 * step, VECTOR);
    const s4 = v128.load(from + 4 * step);
    const t4 = v128.load(from + 4 * step, VECTOR);
    const s5 = v128.load(from + 5 * step);
    const t5 = v128.load(from + 5 * step, VECTOR);
    const sInner = f32x4.mul(factorA, f32x4.add(s1, s2));
    const tInner = f32x4.mul(factorA, f32x4.add(t1, t2));
    const sOuter = f32x4.mul(factorB, f32x4.add(s3, s4));
    const tOuter = f32x4.mul(factorB, f32x4.add(t3, t4));
    const sAcross = f32x4.mul(factorA, f32x4.sub(s1, s2));
    const tAcross = f32x4.mul(factorA, f32x4.sub(t1, t2));
    const sFar = f32x4.mul(factorB, f32x4.sub(s3, s4));
    const tFar = f32x4.mul(factorB, f32x4.sub(t3, t4));
    Pair.store(
      to,
      multiplyAdd(first, s0, f32x4.add(sInner, sOuter)),
      multiplyAdd(first, t0, f32x4.add(tInner, tOuter)),
    );
    Pair.store(
      to + toStep,
      multiplyAdd(a, sAcross, f32x4.mul(b, sFar)),
      multiplyAdd(a, tAcross, f32x4.mul(b, tFar)),
    );
    Pair.store(
      to + 2 * toStep,
      multiplyAdd(aa, sInner, multiplyAdd(bb, sOuter, s5)),
      multiplyAdd(aa, tInner, multiplyAdd(bb, tOuter, t5)),
    );
  }
}
