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

/**
 * What the canvas of a browser can draw, described by its properties, since programs for other runtimes lack the types: an
 * `ImageBitmap`, an `HTMLCanvasElement` or `OffscreenCanvas`, an `HTMLImageElement`, and the current frame of an `HTMLVideoElement`.
 */
export type Drawable =
  | Bitmap
  | Canvas
  | { readonly naturalWidth: number; readonly naturalHeight: number }
  | { readonly videoWidth: number; readonly videoHeight: number };
