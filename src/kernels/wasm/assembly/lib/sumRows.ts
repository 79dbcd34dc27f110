import { FLOAT, VECTOR } from './simd';

/** Adds `rows` contiguous rows of `columns` floats to the row `sums`. */
export function sumRows(from: i32, rows: i32, columns: i32, sums: i32): void {
  const pitch = columns * FLOAT;
  const length = rows * pitch;
  const wide = pitch & ~(VECTOR - 1);
  for (let column = 0; column < wide; column += VECTOR) {
    let sum = v128.load(sums + column);
    for (let at = column; at < length; at += pitch) sum = f32x4.add(sum, v128.load(from + at));
    v128.store(sums + column, sum);
  }
  for (let column = wide; column < pitch; column += FLOAT) {
    let sum = f32.load(sums + column);
    for (let at = column; at < length; at += pitch) sum += f32.load(from + at);
    f32.store(sums + column, sum);
  }
}

/** The sums of each channel over the pixels of the images `begin` to `end`. */
export function sumImages(
  begin: i32,
  end: i32,
  images: i32,
  item: i32,
  row: i32,
  height: i32,
  width: i32,
  channels: i32,
  sums: i32,
): void {
  memory.fill(sums, 0, channels * FLOAT);
  for (let i = begin; i < end; i++) {
    for (let y = 0; y < height; y++) sumRows(images + i * item + y * row, width, channels, sums);
  }
}
