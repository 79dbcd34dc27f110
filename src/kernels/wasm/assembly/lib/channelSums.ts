import { FLOAT, VECTOR } from './simd';

/* A task's sums are two rows of `channels` float64 numbers. */

/** Adds a vector's four sums to four float64 numbers. */
function addTo(sums: i32, vector: v128): void {
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.promote_low_f32x4(vector)));
  v128.store(sums + VECTOR, f64x2.add(v128.load(sums + VECTOR), f64x2.promote_low_f32x4(swap(vector))));
}

/** A vector with its halves exchanged. */
export function swap(vector: v128): v128 {
  return i8x16.shuffle(vector, vector, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
}

/** A channel's total over all tasks, in task order. */
export function total(sums: i32, tasks: i32, pitch: i32): f64 {
  let sum: f64 = 0;
  for (let task = 0; task < tasks; task++) sum += f64.load(sums + task * pitch);
  return sum;
}

/** Adds a row of `count` floats to float64 numbers, and sets it to zero. */
export function addAndClear(row: i32, count: i32, sums: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const at = row + i * FLOAT;
    addTo(sums + i * 8, v128.load(at));
    v128.store(at, f32x4.splat(0));
  }
  for (; i < count; i++) {
    const at = row + i * FLOAT;
    f64.store(sums + i * 8, f64.load(sums + i * 8) + <f64>f32.load(at));
    f32.store(at, 0);
  }
}
