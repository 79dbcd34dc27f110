import { isTorchFile } from './foreignFile.js';
import type { SafetensorsFile } from './safetensors.js';
import { decodeSafetensors } from './decodeSafetensors.js';
import { decodeTorch } from './torch/file/decodeTorch.js';

/** The weights in a file, by PyTorch's names, and its metadata, which only safetensors files have. */
export interface StateDictFile extends SafetensorsFile {
  /** In which dictionaries of a file of `torch.save` the weights are, such as `model.state_dict`; undefined if in none. */
  readonly dictionary?: string | undefined;
}

/**
 * Decodes a file of weights, which is identified by its content: a safetensors file, or one of `torch.save`.
 *
 * @param who the file, for error messages
 * @throws {InklingError} when it is neither, damaged, or contains more than weights
 */
export function decodeStateDict(bytes: Uint8Array, who: string): StateDictFile {
  return isTorchFile(bytes, who)
    ? { ...decodeTorch(bytes, who), metadata: {} }
    : decodeSafetensors(bytes, who);
}
