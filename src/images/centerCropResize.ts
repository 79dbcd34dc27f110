import { MAX_BYTE } from '../core/pixels.js';
import type { Shape } from '../core/shape.js';
import { BRIGHTNESS_SHARES, type Picture, type Plane } from './picture.js';
import { type Box, resize } from './resize.js';

/**
 * The middle of a picture, as large as it can be with the proportions of a model's images, resized to them. What is
 * transparent shows white paper.
 *
 * @param shape `[height, width, channels]`: 3 channels for red, green and blue, or 1 for brightness
 * @returns `[height, width, channels]`, from 0 to 255
 */
export function centerCropResize(picture: Picture, [height, width, channels]: Shape): Uint8Array {
  const isOfSize = picture.width === width && picture.height === height;
  const box = middleOf(picture, width / height);
  const colours = [0, 1, 2].map((channel) => {
    const plane = onWhite(picture, channel);
    return isOfSize ? plane.values : resize(plane, width, height, box).values;
  });
  const planes = channels === 1 ? [brightnessOf(colours)] : colours;
  const pixels = new Uint8Array(height * width * channels);
  for (let channel = 0; channel < channels; channel++) {
    const values = planes[channel];
    for (let at = 0; at < values.length; at++) pixels[at * channels + channel] = Math.round(values[at]);
  }
  return pixels;
}

function middleOf({ width, height }: Picture, aspect: number): Box {
  const cutWidth = Math.min(width, height * aspect);
  const cutHeight = cutWidth / aspect;
  const [left, top] = [(width - cutWidth) / 2, (height - cutHeight) / 2];
  return { left, top, right: left + cutWidth, bottom: top + cutHeight };
}

/** One colour of a picture, from 0 to 255. */
function onWhite({ width, height, data }: Picture, channel: number): Plane {
  const values = new Float32Array(width * height);
  for (let at = 0; at < values.length; at++) {
    const opacity = data[4 * at + 3];
    const value = data[4 * at + channel];
    values[at] = opacity === MAX_BYTE ? value : MAX_BYTE + (value - MAX_BYTE) * (opacity / MAX_BYTE);
  }
  return { width, height, values };
}

function brightnessOf([red, green, blue]: readonly Float32Array[]): Float32Array {
  const [redShare, greenShare, blueShare] = BRIGHTNESS_SHARES;
  return red.map((value, at) => redShare * value + greenShare * green[at] + blueShare * blue[at]);
}

/** Whether no pixel of an image has a colour. */
export function isGrey(pixels: Uint8Array): boolean {
  for (let at = 0; at < pixels.length; at += 3) {
    if (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) return false;
  }
  return true;
}
