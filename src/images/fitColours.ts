import type { Shape } from '../core/shape.js';
import { brightnessOf, type Picture, type Plane } from './picture.js';
import { type Box, resize } from './resize.js';

/**
 * The middle of a picture as large as it can be with the proportions of a model's images, resized to them.
 *
 * @param shape `[height, width, channels]`: 3 channels for red, green and blue, or 1 for brightness
 * @returns `[height, width, channels]`, from 0 to 1
 */
export function fitColours(picture: Picture, [height, width, channels]: Shape): Float32Array {
  const box = middleOf(picture, width / height);
  const planes = channels === 1 ? [brightnessOf(picture)] : coloursOf(picture);
  const resized = planes.map((plane) => resize(plane, width, height, box).values);
  return Float32Array.from(
    { length: height * width * channels },
    (_, at) => resized[at % channels][Math.floor(at / channels)],
  );
}

function middleOf({ width, height }: Picture, aspect: number): Box {
  const cutWidth = Math.min(width, height * aspect);
  const cutHeight = cutWidth / aspect;
  const [left, top] = [(width - cutWidth) / 2, (height - cutHeight) / 2];
  return { left, top, right: left + cutWidth, bottom: top + cutHeight };
}

/** Red, green and blue, on white where the picture is transparent. */
function coloursOf({ width, height, data }: Picture): Plane[] {
  return [0, 1, 2].map((channel) => {
    const values = new Float32Array(width * height);
    for (let at = 0; at < values.length; at++) {
      values[at] = 1 + (data[4 * at + channel] / 255 - 1) * (data[4 * at + 3] / 255);
    }
    return { width, height, values };
  });
}
