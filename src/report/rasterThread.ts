import { InklingError } from '../core/errors.js';
import { startWorker } from '../platform/node.js';

const WORKER = new URL('./rasterWorker.js', import.meta.url);

/** Pictures to draw. */
export interface RasterOrder {
  readonly svgs: readonly string[];
  readonly background: string;
}

export type RasterAnswer = { readonly pngs: Uint8Array[] } | { readonly failure: string };

/**
 * Draws pictures as `Rasterize` does, in a thread of its own: it takes as long as typesetting, which can go on meanwhile.
 *
 * @returns the bytes of a PNG file for each
 * @throws {InklingError} when one cannot be drawn
 */
export async function rasterizeAside(order: RasterOrder): Promise<Uint8Array[]> {
  const answer = await new Promise<RasterAnswer>((resolve) => {
    const worker = startWorker(WORKER, undefined, {
      onMessage(message) {
        // The worker is the same program: its messages have this type.
        void worker.terminate().then(() => {
          resolve(message as RasterAnswer);
        });
      },
      onFailure(failure) {
        resolve({ failure });
      },
    });
    worker.post(order);
  });
  if ('failure' in answer) throw new InklingError(`report: cannot draw the figures: ${answer.failure}`);
  return answer.pngs;
}
