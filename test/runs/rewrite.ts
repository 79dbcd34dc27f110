import { checkRecord, encodeRecord } from '#inkling/core/record.js';
import { encodeSafetensors } from '#inkling/interop/safetensors.js';
import { decodeSafetensors } from '#inkling/interop/decodeSafetensors.js';

/** A safetensors file with a changed JSON text in its metadata, as if it had been written like that. */
export function rewriteDefinition(file: Uint8Array, change: (text: string) => string): Uint8Array {
  const { tensors, metadata } = decodeSafetensors(file, 'file');
  return encodeSafetensors(tensors, { ...metadata, inkling: change(metadata.inkling) });
}

/** A record with a changed text, as if it had been written like that. */
export function rewriteRecord(text: string, change: (text: string) => string): string {
  const record = checkRecord(JSON.parse(text), 'record') as object;
  return encodeRecord(JSON.parse(change(JSON.stringify(record))) as object);
}
