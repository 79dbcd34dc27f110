/**
 * What the canvas of a browser can draw, described by its properties, since programs for other runtimes lack the types: an
 * `ImageBitmap`, an `HTMLCanvasElement` or `OffscreenCanvas`, an `HTMLImageElement`, and the current frame of an `HTMLVideoElement`.
 */
export type Drawable =
  | { readonly width: number; readonly height: number; close(): void }
  | { readonly width: number; readonly height: number; getContext(type: '2d'): unknown }
  | { readonly naturalWidth: number; readonly naturalHeight: number }
  | { readonly videoWidth: number; readonly videoHeight: number };
