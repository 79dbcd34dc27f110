import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { compilePackageFile } from '../platform/packages.js';
import { readFigureFonts } from './fonts.js';

/** PNG pixels per CSS pixel, for high-resolution displays. */
const SCALE = 2;

/**
 * Renders an SVG image as the contents of a PNG file. All text is set in the figure font, whatever font the SVG names.
 *
 * @param svg with a width and a height, and without CSS variables
 * @param background a CSS color
 */
export type Rasterize = (svg: string, background: string) => Uint8Array;

/** Initialized once per process: resvg cannot be initialized twice. */
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
    const image = new Resvg(svg, {
      background,
      fitTo: { mode: 'zoom', value: SCALE },
      font: { fontBuffers },
    });
    const bitmap = image.render();
    try {
      return bitmap.asPng();
    } finally {
      bitmap.free();
      image.free();
    }
  };
}
