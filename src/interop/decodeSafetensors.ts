import { checkForeign } from './foreignFile.js';
import { readSafetensors, type SafetensorsFile } from './safetensors.js';
import { startsUnlikeSafetensors } from './safetensorsHeader.js';

/**
 * Like `readSafetensors`, but says what the file is instead, if that is known.
 *
 * @param who the file, for error messages
 * @throws {InklingError} likewise
 */
export function decodeSafetensors(bytes: Uint8Array, who: string): SafetensorsFile {
  if (startsUnlikeSafetensors(bytes)) checkForeign(bytes, who);
  return readSafetensors(bytes, who);
}
