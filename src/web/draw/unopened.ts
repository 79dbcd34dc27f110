import {
  describeUnexpected,
  identifyFile,
  isImageKind,
  SIGNATURE_BYTES,
} from '#inkling/core/files/fileType.js';

/** The bytes of a file that identify it. */
export async function startOf(file: Blob): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, SIGNATURE_BYTES).arrayBuffer());
}

/** Explains why the browser cannot open a file as an image, based on its first bytes. */
export function describeUnopened(start: Uint8Array): string {
  const type = identifyFile(start);
  if (isImageKind(type.kind)) {
    return `This browser cannot read the file, which is ${type.name}: it may be damaged, or the browser may not support the format. Convert it to PNG or JPEG, or use “inkling predict”.`;
  }
  const message = describeUnexpected(type, 'an image');
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}
