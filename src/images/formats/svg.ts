import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { InklingError } from '../../core/errors.js';
import { MAX_BYTE } from '../../core/pixels.js';
import { compileDecoder } from './compiledDecoders.js';
import type { Bytes, DecodedFile, ImageFormat } from './format.js';
import { lazy } from './wasm.js';

/** The longer side to which SVGs are rendered, in pixels. */
const SVG_SIZE = 512;

const initialize = lazy(async () => initWasm(await compileDecoder('@resvg/resvg-wasm/index_bg.wasm')));

export const svgFormat: ImageFormat = {
  name: 'SVG',
  // An SVG has no size in pixels.
  size: () => undefined,
  decode: decodeSvg,
};

/** Renders an SVG at a fixed size. Text is rejected because fonts differ between machines. */
async function decodeSvg(bytes: Bytes): Promise<DecodedFile> {
  const text = textOf(bytes);
  // Embedded images would need their own limits, and entities can hide them.
  if (/<(\w+:)?(image|feImage|text)\b|<!ENTITY/i.test(text)) {
    throw new InklingError(
      'the SVG file contains text, images or entities, expected only shapes; convert text to paths, or save it as PNG',
    );
  }
  await initialize();
  const drawing = new Resvg(text);
  try {
    const mode = drawing.width >= drawing.height ? 'width' : 'height';
    return renderSvg(text, mode);
  } finally {
    drawing.free();
  }
}

function renderSvg(text: string, mode: 'width' | 'height'): DecodedFile {
  const drawing = new Resvg(text, { fitTo: { mode, value: SVG_SIZE } });
  const image = drawing.render();
  try {
    return { width: image.width, height: image.height, data: unpremultiply(image.pixels) };
  } finally {
    image.free();
    drawing.free();
  }
}

/** Converts pixels from premultiplied to straight alpha. */
function unpremultiply(pixels: Uint8Array): Uint8Array {
  return pixels.map((value, i) => {
    const alpha = pixels[i | 3];
    return i % 4 === 3 || alpha === 0 ? value : Math.round((MAX_BYTE * value) / alpha);
  });
}

function textOf(bytes: Bytes): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new InklingError('the SVG file is not UTF-8 text; save it as UTF-8', { cause: error });
  }
}
