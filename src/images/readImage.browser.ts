/** Replaces `readImage.ts` in bundles for browsers, which decode images themselves. */
import { InklingError, InvalidInputError, UnsupportedError } from '../core/errors.js';
import type { Shape } from '../core/shape.js';
import type { DecodedImage, Size } from './decodedImage.js';
import type { Drawable } from './drawable.js';
import type { InputKind } from './inputKind.js';
import { checkFileSize, checkImageSize, shrunkSize } from './limits.js';
import { preprocess, type PreprocessOptions } from './preprocess.js';
import type { FileInputs } from './concern.js';

const FORMATS = 'an image that browsers decode, such as PNG, JPEG, WebP, GIF, or AVIF';

/** Neither colors nor alpha are changed, so that pixels are the same as in Node.js; photos are turned upright, as there. */
const BITMAP_OPTIONS: ImageBitmapOptions = {
  imageOrientation: 'from-image',
  premultiplyAlpha: 'none',
  colorSpaceConversion: 'none',
};

export class ImageReader {
  readonly options: PreprocessOptions;

  constructor(shape: Shape, inputKind: InputKind) {
    this.options = { shape, inputKind, content: 'single' };
  }

  async readFile(bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal | undefined): Promise<FileInputs> {
    const bitmap = await decode(bytes);
    try {
      signal?.throwIfAborted();
      checkImageSize(bitmap);
      return preprocess(pixelsOf(bitmap, shrunkSize(bitmap)), this.options);
    } finally {
      bitmap.close();
    }
  }

  readDrawable(drawable: Drawable): DecodedImage {
    const size = sizeOfDrawable(drawable);
    if (!(size.width > 0 && size.height > 0)) {
      throw new InvalidInputError(
        'expected an image with pixels, got one without; wait until it has loaded (await image.decode(), or the event "loadeddata" of a video), and do not close it before',
      );
    }
    checkImageSize(size);
    return pixelsOf(drawable as CanvasImageSource, shrunkSize(size));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

async function decode(bytes: Uint8Array<ArrayBuffer>): Promise<ImageBitmap> {
  checkFileSize(bytes.length);
  if (typeof createImageBitmap === 'undefined') {
    throw await describeFailure(bytes, () => cannotDecode('decoder for image files'));
  }
  try {
    return await createImageBitmap(new Blob([bytes]), BITMAP_OPTIONS);
  } catch (error) {
    throw await describeFailure(
      bytes,
      (name) =>
        new InklingError(
          `the browser cannot decode the file, which is ${name}; it may be damaged, or in a format that this browser does not support: convert it to PNG or JPEG`,
          { cause: error },
        ),
    );
  }
}

/**
 * Why a file was not decoded: because it is no image, or otherwise what is said about an image with this name. Pages that only see images
 * do not load what identifies other files.
 */
async function describeFailure(
  bytes: Uint8Array,
  ofImage: (name: string) => InklingError,
): Promise<InklingError> {
  const { describeUnexpected, identifyFile, isImageKind } = await import('../core/files/fileType.js');
  const type = identifyFile(bytes);
  return isImageKind(type.kind) ? ofImage(type.name) : new InklingError(describeUnexpected(type, FORMATS));
}

function pixelsOf(source: CanvasImageSource, { width, height }: Size): DecodedImage {
  const context = createContext(width, height);
  try {
    context.imageSmoothingQuality = 'high';
    context.drawImage(source, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  } catch (error) {
    throw new InvalidInputError(
      'the browser does not reveal the pixels of the image: expected one of this origin that has loaded; set crossorigin="anonymous", or fetch the file and pass it',
      { cause: error },
    );
  }
}

function createContext(
  width: number,
  height: number,
): OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D {
  const settings: CanvasRenderingContext2DSettings = { willReadFrequently: true };
  let context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
  if (typeof OffscreenCanvas !== 'undefined') {
    context = new OffscreenCanvas(width, height).getContext('2d', settings);
  } else if (typeof document !== 'undefined') {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    context = canvas.getContext('2d', settings);
  } else throw cannotDecode('canvas');
  if (context === null) throw cannotDecode('canvas');
  return context;
}

function sizeOfDrawable(drawable: Drawable): Size {
  if ('videoWidth' in drawable) return { width: drawable.videoWidth, height: drawable.videoHeight };
  if ('naturalWidth' in drawable) return { width: drawable.naturalWidth, height: drawable.naturalHeight };
  if ('displayWidth' in drawable) return { width: drawable.displayWidth, height: drawable.displayHeight };
  return drawable;
}

function cannotDecode(missing: string): UnsupportedError {
  return new UnsupportedError(
    `this runtime has no ${missing}; decode the image elsewhere, and pass its pixels as { pixels, shape: [height, width, channels] }`,
  );
}
