import type { DecodedImage } from '#inkling/images/decodedImage.js';

/** An opaque image of a pattern that is coarse in one corner and fine in the other, with steps from 255 to 0. */
export function pattern(width: number, height: number): DecodedImage {
  const valueAt = (x: number, y: number, channel: number) =>
    channel === 3 ? 255 : (7 * x * x + 13 * y * y + 5 * x * y + 71 * channel) % 256;
  const data = Uint8Array.from({ length: 4 * width * height }, (_, i) => {
    const pixel = i >> 2;
    return valueAt(pixel % width, Math.floor(pixel / width), i % 4);
  });
  return { width, height, data };
}
