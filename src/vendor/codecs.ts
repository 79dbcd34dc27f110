/** What decoding images needs of other packages, besides the decoders' WebAssembly, which is read as a file. */
export { default as decodeAvif, init as initAvif } from '@jsquash/avif/decode.js';
export { default as decodeJpeg, init as initJpeg } from '@jsquash/jpeg/decode.js';
export { default as decodePng, init as initPng } from '@jsquash/png/decode.js';
export { default as decodeWebp, init as initWebp } from '@jsquash/webp/decode.js';
