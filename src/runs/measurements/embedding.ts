import * as z from 'zod';
import { fraction, nonNegativeInteger, positiveInteger } from '../../core/validate.js';

const coordinatesSchema = z.array(z.number()).readonly();

/** What the network has found in test images, as points of a plane: images in which it finds the same are close together. */
export const embeddingSchema = z.object({
  /** The layer whose outputs these are. */
  layer: z.string(),
  /** Indices of test images: images at equal distances, and all that are classified incorrectly, in ascending order. */
  images: z.array(nonNegativeInteger).readonly(),
  /** The first two principal components of each. */
  x: coordinatesSchema,
  y: coordinatesSchema,
  /** The fraction of the variance that each of the two explains. */
  explained: z.tuple([fraction, fraction]).readonly(),
  /** The same images by UMAP; absent if the package for it was not installed, or for very few images. */
  umap: z.object({ neighbors: positiveInteger, x: coordinatesSchema, y: coordinatesSchema }).optional(),
});

/**
 * What the network has found in test images, as points of a plane.
 *
 * @interface
 */
export type Embedding = Readonly<z.infer<typeof embeddingSchema>>;
