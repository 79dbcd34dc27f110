import type { Shape } from '../../../../core/shape.js';
import type { Augmentation } from '../../../../plan/augmentation.js';
import { mixesImages } from '../../../../plan/mixesImages.js';
import { float } from '../wgsl.js';
import { draw } from './draws.js';

/**
 * WGSL: `fn mixtureOf(hash: u32) -> Mixture`, how an image is mixed with the next one, and `fn erasedOf(hash: u32) -> vec4i`, the rectangle
 * that is set to zero, as its first row and column and those after its last; as `mixtureOf` and `boxOf` of the reference.
 */
export function mixtureCode(augmentation: Augmentation, [height, width]: Shape): string {
  const { mixup, cutmix, erase } = augmentation;
  return `
struct Mixture { share: f32, everywhere: f32, box: vec4i }
fn boxOf(sides: vec2i, center: vec2f) -> vec4i {
  let size = vec2i(${height}, ${width});
  let start = vec2i(floor(center * vec2f(size))) - sides / 2;
  return vec4i(max(vec2i(0), start), min(size, start + sides));
}
fn contains(box: vec4i, y: i32, x: i32) -> bool { return y >= box.x && x >= box.y && y < box.z && x < box.w; }
fn erasedOf(hash: u32) -> vec4i {
  return boxOf(vec2i(${erase}), vec2f(shareOf(hash, ${draw('eraseDown')}), shareOf(hash, ${draw('eraseRight')})));
}
fn mixtureOf(hash: u32) -> Mixture {
  ${mixesImages(augmentation) ? drawnCode(mixup, cutmix, [height, width]) : 'return Mixture(0.0, 0.0, vec4i(0));'}
}
`;
}

function drawnCode(mixup: number, cutmix: number, [height, width]: Shape): string {
  const blended = `let share = betaOf(hash, ${float(mixup)});
  return Mixture(share, share, vec4i(0));`;
  if (cutmix === 0) return blended;
  const choice = mixup === 0 ? '' : `if (shareOf(hash, ${draw('mixKind')}) < 0.5) { ${blended} }`;
  return `${choice}
  let side = sqrt(betaOf(hash, ${float(cutmix)}));
  let sides = vec2i(floor(side * vec2f(${float(height)}, ${float(width)})));
  let box = boxOf(sides, vec2f(shareOf(hash, ${draw('boxDown')}), shareOf(hash, ${draw('boxRight')})));
  return Mixture(f32((box.z - box.x) * (box.w - box.y)) / ${float(height * width)}, 0.0, box);`;
}
