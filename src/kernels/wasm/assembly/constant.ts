/** Writes a float. */
export function constant(output: i32, value: f32): void {
  f32.store(output, value);
}
