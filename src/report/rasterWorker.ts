/** The entry point of the thread that draws pictures; see `rasterizeAside`. */
import { connectToParent } from '../platform/node.js';
import { messageOf } from '../core/errors.js';
import { loadRasterizer } from './raster.js';
import type { RasterAnswer, RasterOrder } from './rasterThread.js';

const parent = connectToParent((message) => {
  // The main thread is the same program: its messages have this type.
  void draw(message as RasterOrder).then((answer) => {
    parent.post(answer);
  });
});

async function draw({ svgs, background }: RasterOrder): Promise<RasterAnswer> {
  try {
    const rasterize = await loadRasterizer();
    return { pngs: svgs.map((svg) => rasterize(svg, background)) };
  } catch (error) {
    return { failure: messageOf(error) };
  }
}
