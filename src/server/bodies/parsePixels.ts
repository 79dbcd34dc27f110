import * as z from 'zod';
import { formatShape, type Shape, sizeOf } from '../../core/shape.js';
import { MAX_REQUEST_IMAGES } from '../../predict/batchPredictor.js';
import { Problem, rejectUnknownKeys } from '../problem.js';

/** The numbers are checked below, while they are copied: zod would take longer than the model. */
const bodySchema = z.strictObject({ pixels: z.custom<readonly unknown[]>(Array.isArray) });

/**
 * Parses the JSON body `{ "pixels": [0, 0.5, …] }`, which contains one or more images in sequence.
 *
 * @param shape of one image: `[height, width, channels]`
 * @returns `[images, height, width, channels]`, from 0 to 1
 * @throws {Problem} 422 when the body is anything else
 */
export function parsePixels(body: unknown, shape: Shape): Float32Array {
  rejectUnknownKeys(422, 'body', body, bodySchema);
  const { success, data } = bodySchema.safeParse(body);
  if (!success) throw new Problem(422, 'body: expected {"pixels": [numbers]}, got something else');
  const { pixels } = data;
  const size = sizeOf(shape);
  const images = pixels.length / size;
  if (!Number.isInteger(images) || images < 1 || images > MAX_REQUEST_IMAGES) {
    throw new Problem(
      422,
      `pixels: expected ${size} numbers per image of shape ${formatShape(shape)} and 1 to ${MAX_REQUEST_IMAGES} images, ` +
        `got ${pixels.length} numbers`,
    );
  }
  const values = new Float32Array(pixels.length);
  for (let i = 0; i < values.length; i++) {
    const value: unknown = pixels[i];
    if (typeof value !== 'number' || !(value >= 0 && value <= 1)) {
      throw new Problem(
        422,
        `pixels[${i}]: expected a number from 0 (background) to 1 (foreground), got ${JSON.stringify(value)}; ` +
          'divide bytes by 255',
      );
    }
    values[i] = value;
  }
  return values;
}
