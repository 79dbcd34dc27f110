import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import jpeg, { init as initJpeg } from '@jsquash/jpeg/decode.js';
import png, { init as initPng } from '@jsquash/png/decode.js';
import webp, { init as initWebp } from '@jsquash/webp/decode.js';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { GifReader } from 'omggif';
import { InklingError } from '../core/errors.js';
import { checkSize } from './limits.js';
import type { Picture } from './picture.js';

/** The longer side an SVG is drawn with, in pixels. */
const SVG_SIZE = 512;

/** What the JPEG decoder said of the present file: it goes on where a file is cut short, and only says so. */
const jpegComplaints: string[] = [];

/** Decoders that are started once. */
const once = {
  png: lazy(async () => initPng(await readWasm('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'))),
  svg: lazy(async () => initWasm(await readWasm('@resvg/resvg-wasm/index_bg.wasm'))),
};

const jpegWasm = lazy(() => readWasm('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'));
const webpWasm = lazy(() => readWasm('@jsquash/webp/codec/dec/webp_dec.wasm'));

/** Decoders whose memory a broken file spoils for the files behind it. */
const renewed = {
  jpeg: renewing(async () =>
    initJpeg({
      wasmBinary: await jpegWasm(),
      printErr: (line: string) => jpegComplaints.push(line),
    }),
  ),
  webp: renewing(async () => initWebp({ wasmBinary: await webpWasm(), printErr: () => undefined })),
};

type Bytes = Uint8Array<ArrayBuffer>;

export async function decodePng(bytes: Bytes): Promise<Picture> {
  await once.png();
  return png(bytes.slice().buffer);
}

export async function decodeJpeg(bytes: Bytes): Promise<Picture> {
  return renewed.jpeg(async () => {
    jpegComplaints.length = 0;
    const picture = await jpeg(bytes.slice().buffer, { preserveOrientation: true });
    if (jpegComplaints.some((line) => line.startsWith('Premature end'))) throw new Error('it is cut short');
    return picture;
  });
}

export async function decodeWebp(bytes: Bytes): Promise<Picture> {
  return renewed.webp(() => webp(bytes.slice().buffer));
}

/** The first frame, on a transparent picture of the GIF's size. */
export function decodeGif(bytes: Bytes): Picture {
  const gif = new GifReader(bytes);
  const { width, height } = gif;
  // A frame has a size of its own, which takes memory too.
  checkSize(gif.frameInfo(0));
  const data = new Uint8Array(4 * width * height);
  gif.decodeAndBlitFrameRGBA(0, data);
  return { width, height, data };
}

/** Drawn at one size, whatever its own is. Text is not drawn, since fonts differ between machines. */
export async function decodeSvg(bytes: Bytes): Promise<Picture> {
  const text = textOf(bytes);
  // Pictures inside of an SVG would need limits of their own, and entities can hide them.
  if (/<(\w+:)?(image|feImage|text)\b|<!ENTITY/i.test(text)) {
    throw new InklingError(
      'the SVG file holds text, pictures or entities, expected shapes only; convert text to paths, or save it as PNG',
    );
  }
  await once.svg();
  const drawing = new Resvg(text);
  try {
    const mode = drawing.width >= drawing.height ? 'width' : 'height';
    return drawSvg(text, mode);
  } finally {
    drawing.free();
  }
}

function drawSvg(text: string, mode: 'width' | 'height'): Picture {
  const drawing = new Resvg(text, { fitTo: { mode, value: SVG_SIZE } });
  const image = drawing.render();
  try {
    return { width: image.width, height: image.height, data: withoutOpacity(image.pixels) };
  } finally {
    image.free();
    drawing.free();
  }
}

/** Colours as they are, of pixels whose colours are multiplied with their opacity. */
function withoutOpacity(pixels: Uint8Array): Uint8Array {
  return pixels.map((value, i) => {
    const opacity = pixels[i | 3];
    return i % 4 === 3 || opacity === 0 ? value : Math.round((255 * value) / opacity);
  });
}

function textOf(bytes: Bytes): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new InklingError('the SVG file is no UTF-8 text; save it as UTF-8', { cause: error });
  }
}

async function readWasm(file: string): Promise<ArrayBuffer> {
  const bytes = await readFile(createRequire(import.meta.url).resolve(file));
  return new Uint8Array(bytes).buffer;
}

/** Does a task when it is first asked for, and never again. */
function lazy<T>(task: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => (done ??= task());
}

/** Does tasks with what `start` starts: in front of the first one, and anew behind one that failed. */
function renewing(start: () => Promise<unknown>): <T>(task: () => Promise<T>) => Promise<T> {
  let started: Promise<unknown> | undefined;
  return async (task) => {
    await (started ??= start());
    try {
      return await task();
    } catch (error) {
      started = undefined;
      throw error;
    }
  };
}
