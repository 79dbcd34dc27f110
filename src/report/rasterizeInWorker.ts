import { InklingError } from '../core/errors.js';
import { startWorker } from '../platform/host.js';

const WORKER = new URL('./rasterWorker.js', import.meta.url);

export interface RasterRequest {
  readonly svgs: readonly string[];
  readonly background: string;
}

export type RasterResponse = { readonly pngs: Uint8Array[] } | { readonly failure: string };

/**
 * Rasterizes SVG images as `Rasterize` does, in a worker thread, so that the PDF can be typeset at the same time.
 *
 * @returns the contents of one PNG file per image
 * @throws {InklingError} if an image cannot be rendered
 */
export async function rasterizeInWorker(request: RasterRequest): Promise<Uint8Array[]> {
  const response = await new Promise<RasterResponse>((resolve) => {
    const worker = startWorker(WORKER, undefined, {
      onMessage(message) {
        // The worker is part of this program, so its messages have this type.
        void worker.terminate().then(() => {
          resolve(message as RasterResponse);
        });
      },
      onFailure(failure) {
        resolve({ failure });
      },
    });
    worker.post(request);
  });
  if ('failure' in response) {
    throw new InklingError(`report: could not render the figures as PNG: ${response.failure}`);
  }
  return response.pngs;
}
