import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { readPackageFile } from '../platform/packages.js';
import { FIGURE_FONT, readFigureFonts } from './fonts.js';

/**
 * Draws a picture as the bytes of a PNG file, the same on every machine.
 *
 * @param svg with a width and a height, a background, and colours that stand on their own
 * @param scale pixels of the file to a pixel of the picture
 */
export type Rasterize = (svg: string, scale: number) => Uint8Array;

/** Compiling resvg takes a moment, and it may be done once in a process. */
let loaded: Promise<Rasterize> | undefined;

export function loadRasterizer(): Promise<Rasterize> {
  return (loaded ??= load());
}

async function load(): Promise<Rasterize> {
  const [fontBuffers] = await Promise.all([
    readFigureFonts(),
    initWasm(readPackageFile('@resvg/resvg-wasm/index_bg.wasm')),
  ]);
  const font = { fontBuffers, defaultFontFamily: FIGURE_FONT, sansSerifFamily: FIGURE_FONT };
  return (svg, scale) => {
    const picture = new Resvg(svg, { fitTo: { mode: 'zoom', value: scale }, font });
    const image = picture.render();
    try {
      return image.asPng();
    } finally {
      image.free();
      picture.free();
    }
  };
}
