/** The entry point of the worker thread started by `rasterizeInWorker`. */
import { connectToParent } from '../platform/host.js';
import { messageOf } from '../core/errors.js';
import type { RasterRequest, RasterResponse } from './rasterizeInWorker.js';
import { loadRasterizer } from './rasterizer.js';

connectToParent((_, post) => (message) => {
  // The main thread runs the same program, so its messages have this type.
  void rasterizeAll(message as RasterRequest).then(post);
});

async function rasterizeAll({ svgs, background }: RasterRequest): Promise<RasterResponse> {
  try {
    const rasterize = await loadRasterizer();
    return { pngs: svgs.map((svg) => rasterize(svg, background)) };
  } catch (error) {
    return { failure: messageOf(error) };
  }
}
