/** The part of the package webgpu that is used; it is optional, so that its own types may be missing. */
declare module 'webgpu' {
  /** @param options of Dawn, the implementation of WebGPU in this package */
  export function create(options: readonly string[]): Pick<GPU, 'requestAdapter'>;
}
