import { multiplyAdd, Pair, VECTOR } from '../simd';

/* The transform of products to outputs in Winograd's algorithm: a product with Aᵀ, which `transforms.ts` defines. */

export class OutputTransform {
  /** Aᵀ plus a bias, from `minimum` to `maximum` if `bounds` is true. */
  @inline
  static output(
    size: i32,
    a: v128,
    b: v128,
    aa: v128,
    bb: v128,
    aaa: v128,
    bbb: v128,
    from: i32,
    step: i32,
    to: i32,
    toStep: i32,
    bias0: v128,
    bias1: v128,
    bounds: bool,
    minimum: v128,
    maximum: v128,
  ): void {
    if (size == 2) OutputTransform.output2(from, step, to, toStep, bias0, bias1, bounds, minimum, maximum);
    else
      OutputTransform.output4(
        a,
        b,
        aa,
        bb,
        aaa,
        bbb,
        from,
        step,
        to,
        toStep,
        bias0,
        bias1,
        bounds,
        minimum,
        maximum,
      );
  }

  /** Aᵀ for m = 2, plus a bias. */
  @inline
  static output2(
    from: i32,
    step: i32,
    to: i32,
    toStep: i32,
    bias0: v128,
    bias1: v128,
    bounds: bool,
    minimum: v128,
    maximum: v128,
  ): void {
    const m0 = v128.load(from);
    const n0 = v128.load(from, VECTOR);
    const m1 = v128.load(from + step);
    const n1 = v128.load(from + step, VECTOR);
    const m2 = v128.load(from + 2 * step);
    const n2 = v128.load(from + 2 * step, VECTOR);
    const m3 = v128.load(from + 3 * step);
    const n3 = v128.load(from + 3 * step, VECTOR);
    Pair.storeBounded(
      to,
      f32x4.add(f32x4.add(f32x4.add(m0, m1), m2), bias0),
      f32x4.add(f32x4.add(f32x4.add(n0, n1), n2), bias1),
      bounds,
      minimum,
      maximum,
    );
    Pair.storeBounded(
      to + toStep,
      f32x4.add(f32x4.sub(f32x4.sub(m1, m2), m3), bias0),
      f32x4.add(f32x4.sub(f32x4.sub(n1, n2), n3), bias1),
      bounds,
      minimum,
      maximum,
    );
  }

  /** Aᵀ for m = 4, plus a bias; from `minimum` to `maximum` if `bounds` is true. */
  @inline
  static output4(
    a: v128,
    b: v128,
    aa: v128,
    bb: v128,
    aaa: v128,
    bbb: v128,
    from: i32,
    step: i32,
    to: i32,
    toStep: i32,
    bias0: v128,
    bias1: v128,
    bounds: bool,
    minimum: v128,
    maximum: v128,
  ): void {
    const m0 = v128.load(from);
    const n0 = v128.load(from, VECTOR);
    const m1 = v128.load(from + step);
    const n1 = v128.load(from + step, VECTOR);
    const m2 = v128.load(from + 2 * step);
    const n2 = v128.load(from + 2 * step, VECTOR);
    const m3 = v128.load(from + 3 * step);
    const n3 = v128.load(from + 3 * step, VECTOR);
    const m4 = v128.load(from + 4 * step);
    const n4 = v128.load(from + 4 * step, VECTOR);
    const m5 = v128.load(from + 5 * step);
    const n5 = v128.load(from + 5 * step, VECTOR);
    const mInner = f32x4.add(m1, m2);
    const nInner = f32x4.add(n1, n2);
    const mOuter = f32x4.add(m3, m4);
    const nOuter = f32x4.add(n3, n4);
    const mAcross = f32x4.sub(m1, m2);
    const nAcross = f32x4.sub(n1, n2);
    const mFar = f32x4.sub(m3, m4);
    const nFar = f32x4.sub(n3, n4);
    Pair.storeBounded(
      to,
      f32x4.add(f32x4.add(f32x4.add(m0, mInner), mOuter), bias0),
      f32x4.add(f32x4.add(f32x4.add(n0, nInner), nOuter), bias1),
      bounds,
      minimum,
      maximum,
    );
    OutputTransform.power(
      a,
      b,
      mAcross,
      nAcross,
      mFar,
      nFar,
      bias0,
      bias1,
      to + toStep,
      bounds,
      minimum,
      maximum,
    );
    OutputTransform.power(
      aa,
      bb,
      mInner,
      nInner,
      mOuter,
      nOuter,
      bias0,
      bias1,
      to + 2 * toStep,
      bounds,
      minimum,
      maximum,
    );
    const last0 = f32x4.add(m5, bias0);
    const last1 = f32x4.add(n5, bias1);
    OutputTransform.power(
      aaa,
      bbb,
      mAcross,
      nAcross,
      mFar,
      nFar,
      last0,
      last1,
      to + 3 * toStep,
      bounds,
      minimum,
      maximum,
    );
  }

  /** A row of Aᵀ: `inner · a + outer · b + last`. */
  @inline
  static power(
    a: v128,
    b: v128,
    inner0: v128,
    inner1: v128,
    outer0: v128,
    outer1: v128,
    last0: v128,
    last1: v128,
    to: i32,
    bounds: bool,
    minimum: v128,
    maximum: v128,
  ): void {
    Pair.storeBounded(
      to,
      multiplyAdd(a, inner0, multiplyAdd(b, outer0, last0)),
      multiplyAdd(a, inner1, multiplyAdd(b, outer1, last1)),
      bounds,
      minimum,
      maximum,
    );
  }
}
