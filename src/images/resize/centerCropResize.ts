import { MAX_BYTE } from '../../core/pixels.js';
import type { Shape } from '../../core/shape.js';
import { backgroundOf, LUMA_WEIGHTS, type DecodedImage, type Plane } from '../decodedImage.js';
import { type Box, resize } from './resize.js';

/**
 * Crops the largest centered rectangle with the aspect ratio of `shape` from an image and resizes it. Transparent pixels get
 * the color of `backgroundOf`.
 *
 * @param shape `[height, width, channels]`: 3 channels for red, green and blue, or 1 for luma
 * @returns `[height, width, channels]`, from 0 to 255
 */
export function centerCropResize(image: DecodedImage, [height, width, channels]: Shape): Uint8Array {
  const hasTargetSize = image.width === width && image.height === height;
  const box = centerCropBox(image, width / height);
  const background = backgroundOf(image);
  const colors = [0, 1, 2].map((channel) => {
    const plane = colorPlane(image, channel, background);
    return hasTargetSize ? plane.values : resize(plane, width, height, box).values;
  });
  const planes = channels === 1 ? [lumaOf(colors)] : colors;
  const pixels = new Uint8Array(height * width * channels);
  for (let channel = 0; channel < channels; channel++) {
    const values = planes[channel];
    for (let index = 0; index < values.length; index++)
      pixels[index * channels + channel] = Math.round(values[index]);
  }
  return pixels;
}

function centerCropBox({ width, height }: DecodedImage, aspect: number): Box {
  const cutWidth = Math.min(width, height * aspect);
  const cutHeight = cutWidth / aspect;
  const [left, top] = [(width - cutWidth) / 2, (height - cutHeight) / 2];
  return { left, top, right: left + cutWidth, bottom: top + cutHeight };
}

/** One color channel, from 0 to 255, blended with a background. */
function colorPlane({ width, height, data }: DecodedImage, channel: number, background: number): Plane {
  const values = new Float32Array(width * height);
  for (let index = 0; index < values.length; index++) {
    const alpha = data[4 * index + 3];
    const value = data[4 * index + channel];
    values[index] = alpha === MAX_BYTE ? value : background + (value - background) * (alpha / MAX_BYTE);
  }
  return { width, height, values };
}

function lumaOf([red, green, blue]: readonly Float32Array[]): Float32Array {
  const [redWeight, greenWeight, blueWeight] = LUMA_WEIGHTS;
  return red.map((value, index) => redWeight * value + greenWeight * green[index] + blueWeight * blue[index]);
}

/** Whether red, green and blue are equal in every pixel of an RGB image. */
export function isGrayscale(pixels: Uint8Array): boolean {
  for (let index = 0; index < pixels.length; index += 3) {
    if (pixels[index] !== pixels[index + 1] || pixels[index] !== pixels[index + 2]) return false;
  }
  return true;
}
