import { checkUnitPixels, describeType, isDetached } from '../core/checkPixels.js';
import { InvalidInputError } from '../core/errors.js';
import { formatShape, type Shape, sizeOf } from '../core/shape.js';

/**
 * The number of images that an array represents. Its floats are checked as well: pixels of another range would be classified, but
 * wrongly.
 *
 * @param images `[images, height, width, channels]`: floats from 0 to 1, or bytes from 0 to 255
 * @param shape of one image
 * @param who the model, for error messages
 * @param areFeatures whether they are outputs of layers, which have any values
 * @throws {InvalidInputError} that states the first mistake
 */
export function checkImages(
  images: Float32Array | Uint8Array,
  shape: Shape,
  who: string,
  areFeatures = false,
): number {
  // Programs in JavaScript may pass anything.
  const given: unknown = images;
  if (given instanceof Float32Array) {
    if (!areFeatures) checkUnitPixels(given, who);
  } else if (!(given instanceof Uint8Array)) throw invalidImages(given, shape, who);
  const count = images.length / sizeOf(shape);
  if (count < 1 || !Number.isInteger(count)) throw invalidImages(images, shape, who);
  return count;
}

function invalidImages(given: unknown, shape: Shape, who: string): InvalidInputError {
  const expected = `${who}: expected images of ${formatShape(shape)}, ${sizeOf(shape)} numbers each`;
  if (!(given instanceof Float32Array || given instanceof Uint8Array)) {
    return new InvalidInputError(
      `${expected}, as a Float32Array from 0 to 1 or a Uint8Array from 0 to 255, got ${describeType(given)}; convert it`,
    );
  }
  return new InvalidInputError(
    isDetached(given)
      ? `${expected}, got an array whose buffer is detached; it was transferred to another thread: pass a copy`
      : `${expected}, got ${given.length} numbers; pass every channel of every pixel`,
  );
}
