import { InklingError, messageOf } from '../core/errors.js';
import { formatShape } from '../core/shape.js';
import { noise } from '../export/noise.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { type DatasetSettings, openDataset } from './datasets.js';
import { formatCount } from '../core/format.js';
import type { Io } from './io.js';
import type { Output } from './terminal/output.js';

/** How many random images stand in for a test set. */
const RANDOM_IMAGES = 1000;

/** Images to check an exported network with. */
export interface CheckImages {
  /** `[count, height, width, channels]`, bytes */
  readonly images: Uint8Array;
  /** What they are, and why. */
  readonly description: string;
}

/**
 * A data set's test images, or random ones where it cannot be had or has images of another shape.
 *
 * @throws {InklingError} when it cannot be had although the user asked for it
 */
export async function checkImages(
  { model }: SavedModel,
  request: DatasetSettings & { readonly isAsked: boolean },
  io: Io,
  output: Output,
): Promise<CheckImages> {
  const [shape, images] = [formatShape(model.input), noise(model.input, RANDOM_IMAGES)];
  const random = (why: string) => ({
    images,
    description: `${formatCount(RANDOM_IMAGES)} random images (${why})`,
  });
  try {
    const dataset = await openDataset(request, io, output, { input: model.input });
    const came = formatShape(dataset.shape);
    if (came !== shape) return random(`those of ${dataset.name} are ${came}, not ${shape}`);
    return { images: dataset.test.images, description: `the test images of ${dataset.name}` };
  } catch (error) {
    if (error instanceof InklingError && !request.isAsked) return random(messageOf(error));
    throw error;
  }
}
