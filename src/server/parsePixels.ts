import { z } from 'zod';
import { formatShape, type Shape, sizeOf } from '../core/shape.js';
import { BATCH_LIMIT } from '../predict/batchPredictor.js';
import { Problem } from './problem.js';

/** Its numbers are checked below, where they are copied: zod would take longer than the network. */
const bodySchema = z.strictObject({ pixels: z.custom<readonly unknown[]>(Array.isArray) });

/**
 * The images of a JSON body: `{ "pixels": [0, 0.5, …] }`, one image behind the other.
 *
 * @param shape of the model's images: `[height, width, channels]`
 * @returns `[images, height, width, channels]`, from 0 to 1
 * @throws {Problem} 422 when it is anything else
 */
export function parsePixels(body: unknown, shape: Shape): Float32Array {
  const { success, data } = bodySchema.safeParse(body);
  if (!success) throw new Problem(422, 'the body: expected {"pixels": [numbers]}, got something else');
  const { pixels } = data;
  const size = sizeOf(shape);
  const images = pixels.length / size;
  if (!Number.isInteger(images) || images < 1 || images > BATCH_LIMIT) {
    throw new Problem(
      422,
      `pixels: expected ${size} numbers an image of ${formatShape(shape)}, row by row, and 1 to ${BATCH_LIMIT} images, ` +
        `got ${pixels.length} numbers`,
    );
  }
  const values = new Float32Array(pixels.length);
  for (let i = 0; i < values.length; i++) {
    const value: unknown = pixels[i];
    if (typeof value !== 'number' || !(value >= 0 && value <= 1)) {
      throw new Problem(
        422,
        `pixels: expected numbers from 0 (background) to 1 (ink), got ${JSON.stringify(value)} in place ${i}; ` +
          'divide bytes by 255',
      );
    }
    values[i] = value;
  }
  return values;
}
