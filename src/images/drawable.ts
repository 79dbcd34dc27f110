/** An `ImageBitmap`. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** Frees its memory; tells it from other objects with a size. */
  readonly close: () => void;
}

/** An `HTMLCanvasElement` or `OffscreenCanvas`. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Tells it from other objects with a size. */
  readonly getContext: (type: '2d') => unknown;
}

/** A `VideoFrame` of WebCodecs, whose pixels may not be square: it is displayed in another size than it is coded in. */
export interface Frame {
  readonly displayWidth: number;
  readonly displayHeight: number;
}

/**
 * What the canvas of a browser can draw, described by its properties, since programs for other runtimes lack the types: an
 * `ImageBitmap`, an `HTMLCanvasElement` or `OffscreenCanvas`, an `HTMLImageElement`, the current frame of an `HTMLVideoElement`, and
 * a `VideoFrame`.
 */
export type Drawable =
  | Bitmap
  | Canvas
  | Frame
  | { readonly naturalWidth: number; readonly naturalHeight: number }
  | { readonly videoWidth: number; readonly videoHeight: number };
