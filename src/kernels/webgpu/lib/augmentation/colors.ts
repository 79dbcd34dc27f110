/** WGSL: the functions of `reference/lib/colors.ts`. */
export const COLORS = `
fn adjustSaturation(color: vec3f, factor: f32) -> vec3f {
  let gray = dot(color, vec3f(0.299, 0.587, 0.114));
  return clamp(factor * color + (1.0 - factor) * gray, vec3f(0.0), vec3f(1.0));
}
fn adjustHue(color: vec3f, turn: f32) -> vec3f {
  let value = max(color.x, max(color.y, color.z));
  let chroma = value - min(color.x, min(color.y, color.z));
  if (chroma == 0.0 || turn == 0.0) { return color; }
  var hue = 4.0 + (color.x - color.y) / chroma;
  if (value == color.x) {
    hue = (color.y - color.z) / chroma;
  } else if (value == color.y) {
    hue = 2.0 + (color.z - color.x) / chroma;
  }
  let position = vec3f(5.0, 3.0, 1.0) + hue + 6.0 * turn;
  let sextant = position - 6.0 * floor(position / 6.0);
  return value - chroma * clamp(min(sextant, 4.0 - sextant), vec3f(0.0), vec3f(1.0));
}
`;
