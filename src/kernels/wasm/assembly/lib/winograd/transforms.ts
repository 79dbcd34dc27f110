import { multiplyAdd, multiplySubtract, Pair, VECTOR } from '../simd';

/*
 * The transforms of Winograd's algorithms F(2×2, 3×3) and F(4×4, 3×3) in Lavin and Gray, "Fast Algorithms for Convolutional Neural
 * Networks", 2015: a tile of m×m outputs `Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A` takes (m + 2)² multiplications, and the definition 9m². For m = 2:
 *
 *          1  0 -1  0          1   0   0
 *     Bᵀ = 0  1  1  0     G =  ½   ½   ½     Aᵀ = 1  1  1  0
 *          0 -1  1  0          ½  -½   ½          0  1 -1 -1
 *          0  1  0 -1          0   0   1
 *
 * For m = 4, with the points 0, ±a, ±b and infinity at which polynomials are evaluated:
 *
 *          a²b²  0   -a²-b²   0     1  0        1/a²b²                           1  1   1  1   1  0
 *           0  -ab²   -b²     a     1  0        (1   a  a²) / 2a²(a²-b²)         0  a  -a  b  -b  0
 *     Bᵀ =  0   ab²   -b²    -a     1  0   G =  (1  -a  a²) / 2a²(a²-b²)   Aᵀ =  0  a²  a² b²  b² 0
 *           0  -a²b   -a²     b     1  0        (1   b  b²) / 2b²(b²-a²)         0  a³ -a³ b³ -b³ 1
 *           0   a²b   -a²    -b     1  0        (1  -b  b²) / 2b²(b²-a²)
 *           0   a²b²   0   -a²-b²   0  1        (0   0   1)
 *
 * a = 3/4 and b = 3/2 instead of 1 and 2 halve the rounding error; see Barabasz et al., "Error Analysis and Improving the Accuracy of
 * Winograd Convolution for Deep Neural Networks", 2020.
 *
 * Each function multiplies one of these matrices by a column of vectors of eight channels, which hosts with 256-bit registers process
 * at once; applied to columns and then to rows, it transforms a tile. Those of Aᵀ are in `outputTransforms.ts`, those of G in
 * `weightTransforms.ts`. `size` is m: 2 or 4.
 */

export class Transform {
  /** Bᵀ, of vectors at `size + 2` addresses. */
  @inline
  static input(
    size: i32,
    a: v128,
    b: v128,
    aa: v128,
    bb: v128,
    product: v128,
    sum: v128,
    a0: i32,
    a1: i32,
    a2: i32,
    a3: i32,
    a4: i32,
    a5: i32,
    to: i32,
    step: i32,
  ): void {
    if (size == 2) Transform.input2(a0, a1, a2, a3, to, step);
    else Transform.input4(a, b, aa, bb, product, sum, a0, a1, a2, a3, a4, a5, to, step);
  }

  /** Bᵀ for m = 2, of vectors at four addresses. */
  @inline
  static input2(a0: i32, a1: i32, a2: i32, a3: i32, to: i32, step: i32): void {
    const d0 = v128.load(a0);
    const e0 = v128.load(a0, VECTOR);
    const d1 = v128.load(a1);
    const e1 = v128.load(a1, VECTOR);
    const d2 = v128.load(a2);
    const e2 = v128.load(a2, VECTOR);
    const d3 = v128.load(a3);
    const e3 = v128.load(a3, VECTOR);
    Pair.store(to, f32x4.sub(d0, d2), f32x4.sub(e0, e2));
    Pair.store(to + step, f32x4.add(d1, d2), f32x4.add(e1, e2));
    Pair.store(to + 2 * step, f32x4.sub(d2, d1), f32x4.sub(e2, e1));
    Pair.store(to + 3 * step, f32x4.sub(d1, d3), f32x4.sub(e1, e3));
  }

  /** Bᵀ for m = 4, of vectors at six addresses. */
  @inline
  static input4(
    a: v128,
    b: v128,
    aa: v128,
    bb: v128,
    product: v128,
    sum: v128,
    a0: i32,
    a1: i32,
    a2: i32,
    a3: i32,
    a4: i32,
    a5: i32,
    to: i32,
    step: i32,
  ): void {
    const d0 = v128.load(a0);
    const e0 = v128.load(a0, VECTOR);
    const d1 = v128.load(a1);
    const e1 = v128.load(a1, VECTOR);
    const d2 = v128.load(a2);
    const e2 = v128.load(a2, VECTOR);
    const d3 = v128.load(a3);
    const e3 = v128.load(a3, VECTOR);
    const d4 = v128.load(a4);
    const e4 = v128.load(a4, VECTOR);
    const d5 = v128.load(a5);
    const e5 = v128.load(a5, VECTOR);
    Pair.store(
      to,
      multiplyAdd(product, d0, multiplySubtract(sum, d2, d4)),
      multiplyAdd(product, e0, multiplySubtract(sum, e2, e4)),
    );
    Transform.points(a, bb, d1, e1, d2, e2, d3, e3, d4, e4, to + step, step);
    Transform.points(b, aa, d1, e1, d2, e2, d3, e3, d4, e4, to + 3 * step, step);
    Pair.store(
      to + 5 * step,
      multiplyAdd(product, d1, multiplySubtract(sum, d3, d5)),
      multiplyAdd(product, e1, multiplySubtract(sum, e3, e5)),
    );
  }

  /** The two rows of Bᵀ for the points ± `point`, of which `square` is the square of the other. */
  @inline
  static points(
    point: v128,
    square: v128,
    d1: v128,
    e1: v128,
    d2: v128,
    e2: v128,
    d3: v128,
    e3: v128,
    d4: v128,
    e4: v128,
    to: i32,
    step: i32,
  ): void {
    const dEven = multiplySubtract(square, d2, d4);
    const eEven = multiplySubtract(square, e2, e4);
    const dOdd = multiplySubtract(square, d1, d3);
    const eOdd = multiplySubtract(square, e1, e3);
    Pair.store(to, multiplyAdd(point, dOdd, dEven), multiplyAdd(point, eOdd, eEven));
    Pair.store(to + step, multiplySubtract(point, dOdd, dEven), multiplySubtract(point, eOdd, eEven));
  }

  /** A, of vectors at `size` addresses. */
  @inline
  static grad(
    size: i32,
    a: v128,
    b: v128,
    aa: v128,
    bb: v128,
    aaa: v128,
    bbb: v128,
    a0: i32,
    a1: i32,
    a2: i32,
    a3: i32,
    to: i32,
    step: i32,
  ): void {
    if (size == 2) Transform.grad2(a0, a1, to, step);
    else Transform.grad4(a, b, aa, bb, aaa, bbb, a0, a1, a2, a3, to, step);
  }

  /** A for m = 2, of vectors at two addresses. */
  @inline
  static grad2(a0: i32, a1: i32, to: i32, step: i32): void {
    const y0 = v128.load(a0);
    const z0 = v128.load(a0, VECTOR);
    const y1 = v128.load(a1);
    const z1 = v128.load(a1, VECTOR);
    Pair.store(to, y0, z0);
    Pair.store(to + step, f32x4.add(y0, y1), f32x4.add(z0, z1));
    Pair.store(to + 2 * step, f32x4.sub(y0, y1), f32x4.sub(z0, z1));
    Pair.store(to + 3 * step, f32x4.neg(y1), f32x4.neg(z1));
  }

  /** A for m = 4, of vectors at four addresses. */
  @inline
  static grad4(
    a: v128,
    b: v128,
    aa: v128,
    bb: v128,
    aaa: v128,
    bbb: v128,
    a0: i32,
    a1: i32,
    a2: i32,
    a3: i32,
    to: i32,
    step: i32,
  ): void {
    const y0 = v128.load(a0);
    const z0 = v128.load(a0, VECTOR);
    const y1 = v128.load(a1);
    const z1 = v128.load(a1, VECTOR);
    const y2 = v128.load(a2);
    const z2 = v128.load(a2, VECTOR);
    const y3 = v128.load(a3);
    const z3 = v128.load(a3, VECTOR);
    Pair.store(to, y0, z0);
    Transform.gradPoints(a, aa, aaa, y0, z0, y1, z1, y2, z2, y3, z3, to + step, step);
    Transform.gradPoints(b, bb, bbb, y0, z0, y1, z1, y2, z2, y3, z3, to + 3 * step, step);
    Pair.store(to + 5 * step, y3, z3);
  }

  /** The two rows of A for the points ± `point`. */
  @inline
  static gradPoints(
    point: v128,
    square: v128,
    cube: v128,
    y0: v128,
    z0: v128,
    y1: v128,
    z1: v128,
    y2: v128,
    z2: v128,
    y3: v128,
    z3: v128,
    to: i32,
    step: i32,
  ): void {
    const yEven = multiplyAdd(square, y2, y0);
    const zEven = multiplyAdd(square, z2, z0);
    const yOdd = multiplyAdd(cube, y3, f32x4.mul(point, y1));
    const zOdd = multiplyAdd(cube, z3, f32x4.mul(point, z1));
    Pair.store(to, f32x4.add(yEven, yOdd), f32x4.add(zEven, zOdd));
    Pair.store(to + step, f32x4.sub(yEven, yOdd), f32x4.sub(zEven, zOdd));
  }
}
