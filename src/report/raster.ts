import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { compilePackageFile } from '../platform/packages.js';
import { readFigureFonts } from './fonts.js';

/** Pixels of the file to one of the picture, so that it is sharp on fine screens. */
const SCALE = 2;

/**
 * Draws a picture as the bytes of a PNG file, lettered in the figures' font whatever it asks for.
 *
 * @param svg with a width and a height, its colours filled in
 * @param background the colour behind it
 */
export type Rasterize = (svg: string, background: string) => Uint8Array;

/** Compiling resvg takes a moment, and it may be done once in a process. */
let loaded: Promise<Rasterize> | undefined;

export function loadRasterizer(): Promise<Rasterize> {
  return (loaded ??= load());
}

async function load(): Promise<Rasterize> {
  const [fontBuffers] = await Promise.all([
    readFigureFonts(),
    initWasm(compilePackageFile('@resvg/resvg-wasm/index_bg.wasm')),
  ]);
  return (svg, background) => {
    const picture = new Resvg(svg, {
      background,
      fitTo: { mode: 'zoom', value: SCALE },
      font: { fontBuffers },
    });
    const image = picture.render();
    try {
      return image.asPng();
    } finally {
      image.free();
      picture.free();
    }
  };
}
