import { sizeOf } from '../../core/shape.js';
import { COLORS } from './lib/augmentation/colors.js';
import { changesCode } from './lib/augmentation/changes.js';
import { DRAWS } from './lib/augmentation/draws.js';
import { mixtureCode } from './lib/augmentation/mixture.js';
import { resampleCode } from './lib/augmentation/resample.js';
import { byteAt } from './lib/bytes.js';
import type { WebgpuKernel } from './lib/kernel.js';
import { addresses, BUILTINS, GROUP_INDEX } from './lib/wgsl.js';

const THREADS = 64;

/**
 * A workgroup computes an image: its threads add up the bytes for the means of the image and its partner, one thread for each of the two
 * draws its changes, and all resample pixels. Code that runs for both is a loop, so that compilers, which copy functions to where they are
 * called, have half as much of it. Variables in loops have initial values, because a driver kept those of the iteration before.
 */
export const augmentImages: WebgpuKernel<'augmentImages'> = ({ reads, writes, augmentation }) => {
  const { shape, count } = writes.output;
  const [height, width, channels] = shape;
  const bytes = sizeOf(shape);
  return {
    workgroups: count,
    code: `${addresses({ labels: reads.labels, ...writes })}${byteAt(reads.images)}${DRAWS}
${changesCode(augmentation, shape)}${resampleCode(augmentation, shape)}${mixtureCode(augmentation, shape)}${COLORS}
var<workgroup> totals: array<vec2u, ${THREADS}>;
var<workgroup> changes: array<Changes, 2>;
var<workgroup> mixture: Mixture;
var<workgroup> erased: vec4i;
@compute @workgroup_size(${THREADS})
fn main(${BUILTINS}) {
  let item = ${GROUP_INDEX};
  if (item >= current.count) { return; }
  let partner = (item + 1u) % current.count;
  let images = vec2u(current.first + item, current.first + partner);
  var total = vec2u(0u);
  for (var i = lane; i < ${bytes}u; i += ${THREADS}u) {
    total += vec2u(byteAt(images.x * ${bytes}u + i), byteAt(images.y * ${bytes}u + i));
  }
  totals[lane] = total;
  workgroupBarrier();
  if (lane < 2u) {
    var sum = 0u;
    for (var i = 0u; i < ${THREADS}u; i++) { sum += totals[i][lane]; }
    let hash = mixBits(mixBits(current.augmentSeed) + select(item, partner, lane == 1u));
    changes[lane] = changesOf(hash, f32(sum) / ${255 * bytes}.0);
    if (lane == 0u) {
      mixture = mixtureOf(hash);
      erased = erasedOf(hash);
      storeWord(at_targets(item, 0u), loadWord(at_labels(0u, images.x)));
      storeWord(at_partners(item, 0u), loadWord(at_labels(0u, images.y)));
      store(at_partnerShares(item, 0u), mixture.share);
    }
  }
  workgroupBarrier();
  for (var pixel = lane; pixel < ${height * width}u; pixel += ${THREADS}u) {
    let y = pixel / ${width}u;
    let x = pixel % ${width}u;
    let share = select(mixture.everywhere, 1.0, contains(mixture.box, i32(y), i32(x)));
    var values = array<f32, ${channels}>();
    for (var which = 0u; which < 2u; which++) {
      let part = select(1.0 - share, share, which == 1u);
      if (part == 0.0 || contains(erased, i32(y), i32(x))) { continue; }
      let own = changes[which];
      let source = sourceOf(own, y, x);
      var color = array<f32, ${channels}>();
      for (var c = 0u; c < ${channels}u; c++) {
        let value = clamp(own.gain * sampleOf(images[which], source, c) + own.offset, 0.0, 1.0);
        color[c] = select(value, 1.0 - value, value >= own.solarizeFrom);
      }
      ${channels === 3 ? ADJUSTED : ''}
      for (var c = 0u; c < ${channels}u; c++) { values[c] += part * color[c]; }
    }
    for (var c = 0u; c < ${channels}u; c++) { store(at_output(item, pixel * ${channels}u + c), values[c]); }
  }
}`,
  };
};

const ADJUSTED = `let saturated = adjustSaturation(vec3f(color[0], color[1], color[2]), own.saturation);
      let adjusted = adjustHue(saturated, own.hue);
      color = array<f32, 3>(adjusted.x, adjusted.y, adjusted.z);`;
