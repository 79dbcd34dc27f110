/** The part of libheif-js that is used; its own types describe only the functions of the C library. */
declare module 'libheif-js/libheif-wasm/libheif-bundle.mjs' {
  interface Pixels {
    /** `[height, width, 4]` */
    readonly data: Uint8ClampedArray;
    readonly width: number;
    readonly height: number;
  }

  interface HeifImage {
    get_width(): number;
    get_height(): number;
    is_primary(): boolean;
    /** Fills the pixels, or passes null when the image cannot be decoded. */
    display(pixels: Pixels, done: (pixels: Pixels | null) => void): void;
    free(): void;
  }

  interface Libheif {
    readonly HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] };
  }

  export default function libheif(): Libheif;
}
