import type { Shape } from '../../../../core/shape.js';
import type { Augmentation } from '../../../../plan/augmentation.js';
import { FIRST_CHANGE } from '../../../reference/lib/draws.js';
import { float } from '../wgsl.js';
import { draw } from './draws.js';

const DEGREE = Math.PI / 180;
const MAGNITUDE = 0.3;
/** A threshold that no value reaches. */
const NEVER = 2;

/**
 * Sine and cosine, because those of WGSL may be wrong by 2^-11, which is many subpixels. The coefficients are those of Cephes (S. Moshier,
 * "Methods and Programs for Mathematical Functions", 1989).
 */
const ROTATION = `
fn cosSin(angle: f32) -> vec2f {
  let quarter = round(angle * 0.6366197723675814);
  let r = ((angle - quarter * 1.5703125) - quarter * 4.837512969970703e-4) - quarter * 7.549789948768648e-8;
  let z = r * r;
  let sine = r + r * z * (-1.6666654611e-1 + z * (8.3321608736e-3 - z * 1.9515295891e-4));
  let cosine = 1.0 - 0.5 * z + z * z * (4.166664568298827e-2 + z * (2.443315711809948e-5 * z - 1.388731625493765e-3));
  switch (i32(quarter) & 3) {
    case 0: { return vec2f(cosine, sine); }
    case 1: { return vec2f(-sine, cosine); }
    case 2: { return vec2f(-cosine, -sine); }
    default: { return vec2f(sine, -cosine); }
  }
}
`;

/**
 * WGSL: `fn changesOf(hash: u32, mean: f32) -> Changes`, what is drawn for an image whose values have this mean, as by `imageMapOf`,
 * `randAugment` and `adjusted` of the reference: the map is `byColumn · (x - right) + byRow · (y - down)`, from the center.
 */
export function changesCode(augmentation: Augmentation, [height, width]: Shape): string {
  const { shift, rotate, scale, shear, crop, flip, brightness, contrast, saturation, hue } = augmentation;
  const signed = (name: Parameters<typeof draw>[0]) => `signedOf(hash, ${draw(name)})`;
  return `${ROTATION}
struct Changes {
  hash: u32,
  byColumn: vec2f,
  byRow: vec2f,
  moved: vec2f,
  partScales: vec2f,
  partStart: vec2f,
  mirrored: bool,
  gain: f32,
  offset: f32,
  solarizeFrom: f32,
  saturation: f32,
  hue: f32,
}
fn changesOf(hash: u32, mean: f32) -> Changes {
  var angle = ${float(rotate * DEGREE)} * ${signed('rotate')};
  let tilt = cosSin(${float(shear * DEGREE)} * ${signed('shear')});
  var slant = tilt.y / tilt.x;
  var shearY = 0.0;
  var down = ${float(shift)} * ${signed('shiftDown')} + integerOf(hash, ${draw('cropDown')}, ${float(crop)});
  var right = ${float(shift)} * ${signed('shiftRight')} + integerOf(hash, ${draw('cropRight')}, ${float(crop)});
  var brightness = 1.0 + ${float(brightness)} * ${signed('brightness')};
  var contrast = 1.0 + ${float(contrast)} * ${signed('contrast')};
  var saturation = 1.0 + ${float(saturation)} * ${signed('saturation')};
  var solarizeFrom = ${float(NEVER)};
  for (var i = 0u; i < ${augmentation.randAugment}u; i++) {
    let choice = u32(floor(shareOf(hash, ${FIRST_CHANGE}u + i) * 20.0));
    let strength = select(-${float(MAGNITUDE)}, ${float(MAGNITUDE)}, (choice & 1u) == 1u);
    switch (choice >> 1u) {
      case 1u: { angle += strength * ${float(Math.PI / 6)}; }
      case 2u: { slant += strength * 0.3; }
      case 3u: { shearY += strength * 0.3; }
      case 4u: { right += strength * ${float((150 / 331) * width)}; }
      case 5u: { down += strength * ${float((150 / 331) * height)}; }
      case 6u: { brightness *= 1.0 + strength * 0.9; }
      case 7u: { contrast *= 1.0 + strength * 0.9; }
      case 8u: { saturation *= 1.0 + strength * 0.9; }
      case 9u: { solarizeFrom = ${float(1 - MAGNITUDE)}; }
      default: {}
    }
  }
  let size = 1.0 + ${float(scale)} * ${signed('scale')};
  let rotation = cosSin(angle);
  let xByColumn = (rotation.x + slant * rotation.y) / size;
  let xByRow = (rotation.y - slant * rotation.x) / size;
  var changes = Changes();
  changes.hash = hash;
  changes.byColumn = vec2f(-rotation.y / size - shearY * xByColumn, xByColumn);
  changes.byRow = vec2f(rotation.x / size - shearY * xByRow, xByRow);
  changes.moved = vec2f(down, right);
  changes.mirrored = ${flip ? `shareOf(hash, ${draw('flip')}) < 0.5` : 'false'};
  ${partCode(augmentation, [height, width])}
  changes.gain = contrast * brightness;
  changes.offset = (1.0 - contrast) * brightness * mean;
  changes.solarizeFrom = solarizeFrom;
  changes.saturation = saturation;
  changes.hue = ${float(hue)} * ${signed('hue')};
  return changes;
}
`;
}

/** WGSL: sets the part of the image that is resized to the whole image. */
function partCode({ resizedCrop }: Augmentation, [height, width]: Shape): string {
  if (resizedCrop === 0) return 'changes.partScales = vec2f(1.0);';
  return `let area = ${float(resizedCrop)} + ${float(1 - resizedCrop)} * shareOf(hash, ${draw('partArea')});
  let ratio = pow(${float(4 / 3)}, signedOf(hash, ${draw('partRatio')})) * ${float(height / width)};
  let sides = min(vec2f(1.0), sqrt(vec2f(area / ratio, area * ratio)));
  let place = vec2f(shareOf(hash, ${draw('partDown')}), shareOf(hash, ${draw('partRight')}));
  changes.partScales = sides;
  changes.partStart = place * (1.0 - sides) * vec2f(${float(height - 1)}, ${float(width - 1)});`;
}
