import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import jpeg, { init as initJpeg } from '@jsquash/jpeg/decode.js';
import png, { init as initPng } from '@jsquash/png/decode.js';
import webp, { init as initWebp } from '@jsquash/webp/decode.js';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { GifReader } from 'omggif';
import { InklingError } from '../core/errors.js';
import { MAX_BYTE } from '../core/pixels.js';
import { checkImageSize } from './limits.js';
import type { DecodedImage } from './decodedImage.js';

/** The longer side to which SVGs are rendered, in pixels. */
const SVG_SIZE = 512;

/** What the JPEG decoder printed about the current file: it only prints a warning when a file is truncated. */
const jpegWarnings: string[] = [];

/** Initializes decoders once. */
const initialize = {
  png: lazy(async () => initPng(await readWasm('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'))),
  svg: lazy(async () => initWasm(await readWasm('@resvg/resvg-wasm/index_bg.wasm'))),
};

const jpegWasm = lazy(() => readWasm('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'));
const webpWasm = lazy(() => readWasm('@jsquash/webp/codec/dec/webp_dec.wasm'));

/** Decoders whose memory a damaged file may corrupt, so that they are re-initialized after a failure. */
const withDecoder = {
  jpeg: reinitializing(async () =>
    initJpeg({
      wasmBinary: await jpegWasm(),
      printErr: (line: string) => jpegWarnings.push(line),
    }),
  ),
  webp: reinitializing(async () => initWebp({ wasmBinary: await webpWasm(), printErr: () => undefined })),
};

type Bytes = Uint8Array<ArrayBuffer>;

export async function decodePng(bytes: Bytes): Promise<DecodedImage> {
  await initialize.png();
  return png(bytes.slice().buffer);
}

export async function decodeJpeg(bytes: Bytes): Promise<DecodedImage> {
  return withDecoder.jpeg(async () => {
    jpegWarnings.length = 0;
    const image = await jpeg(bytes.slice().buffer, { preserveOrientation: true });
    if (jpegWarnings.some((line) => line.startsWith('Premature end'))) throw new Error('truncated');
    return image;
  });
}

export async function decodeWebp(bytes: Bytes): Promise<DecodedImage> {
  return withDecoder.webp(() => webp(bytes.slice().buffer));
}

/** Decodes the first frame onto a transparent image of the GIF's size. */
export function decodeGif(bytes: Bytes): DecodedImage {
  const gif = new GifReader(bytes);
  const { width, height } = gif;
  // A frame has its own size, which also determines how much memory is allocated.
  checkImageSize(gif.frameInfo(0));
  const data = new Uint8Array(4 * width * height);
  gif.decodeAndBlitFrameRGBA(0, data);
  return { width, height, data };
}

/** Renders an SVG at a fixed size. Text is rejected because fonts differ between machines. */
export async function decodeSvg(bytes: Bytes): Promise<DecodedImage> {
  const text = textOf(bytes);
  // Embedded images would need their own limits, and entities can hide them.
  if (/<(\w+:)?(image|feImage|text)\b|<!ENTITY/i.test(text)) {
    throw new InklingError(
      'the SVG file contains text, images or entities, expected only shapes; convert text to paths, or save it as PNG',
    );
  }
  await initialize.svg();
  const drawing = new Resvg(text);
  try {
    const mode = drawing.width >= drawing.height ? 'width' : 'height';
    return renderSvg(text, mode);
  } finally {
    drawing.free();
  }
}

function renderSvg(text: string, mode: 'width' | 'height'): DecodedImage {
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

async function readWasm(file: string): Promise<ArrayBuffer> {
  const bytes = await readFile(createRequire(import.meta.url).resolve(file));
  return new Uint8Array(bytes).buffer;
}

/** Runs a task on the first call and returns the same promise from then on. */
function lazy<T>(task: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= task());
}

/** Runs tasks that need `initialize`, which is called before the first task and again after a task that failed. */
function reinitializing(initialize: () => Promise<unknown>): <T>(task: () => Promise<T>) => Promise<T> {
  let initialization: Promise<unknown> | undefined;
  return async (task) => {
    await (initialization ??= initialize());
    try {
      return await task();
    } catch (error) {
      initialization = undefined;
      throw error;
    }
  };
}
