/**
 * The version of all decoding: it changes whenever a decoder reads a file differently, so that results of earlier versions are not
 * reused. A test compares it with the versions of the decoding packages.
 */
export const DECODER_VERSION = 4;
