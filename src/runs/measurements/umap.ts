import { Random } from '../../core/random.js';
import { codeOf } from '../../platform/fileErrors.js';

/** The defaults of McInnes, Healy, and Melville, "UMAP: Uniform Manifold Approximation and Projection for Dimension Reduction", 2018. */
const NEIGHBORS = 15;
const MIN_DISTANCE = 0.1;
const SEED = 0;

/** Why there is no embedding by UMAP. */
export const UMAP_MISSING = `there is no embedding by UMAP, which needs more than ${NEIGHBORS + 1} images and the package umap-js, which is optional: npm install umap-js`;

/** Vectors in a plane in which neighbors remain neighbors. */
export interface UmapPlane {
  /** How many nearest neighbors of each vector were considered. */
  readonly neighbors: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/**
 * Embeds vectors in a plane by UMAP, with the optional package umap-js; the result is the same each time.
 *
 * @param values `[count, size]`
 * @returns undefined if the package is not installed, or there are too few vectors
 * @throws the signal's reason when it is aborted
 */
export async function embedByUmap(
  values: Float32Array,
  size: number,
  signal: AbortSignal | undefined,
): Promise<UmapPlane | undefined> {
  const count = values.length / size;
  if (count <= NEIGHBORS + 1) return undefined;
  const library = await loadLibrary();
  if (library === undefined) return undefined;
  const random = new Random(SEED);
  const umap = new library.UMAP({
    nNeighbors: NEIGHBORS,
    minDist: MIN_DISTANCE,
    random: () => random.float64(),
  });
  const rows = Array.from({ length: count }, (_, row) =>
    Array.from(values.subarray(row * size, (row + 1) * size)),
  );
  const plane = await umap.fitAsync(rows, () => signal?.aborted !== true);
  signal?.throwIfAborted();
  return { neighbors: NEIGHBORS, x: plane.map(([x]) => x), y: plane.map(([, y]) => y) };
}

async function loadLibrary() {
  try {
    return await import('umap-js');
  } catch (error) {
    if (codeOf(error) === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
