import { ZIP_SIGNATURE } from '../../../core/files/fileType.js';
import { hasAt } from '../../../core/files/signature.js';
import { InklingError } from '../../../core/errors.js';
import { formatCount } from '../../../core/format.js';
import type { SavedTensor } from '../../dtypes.js';
import { nameErrors } from '../../nameErrors.js';
import { checkName } from '../../safetensorsHeader.js';
import { findStateDict } from './findStateDict.js';
import { checkView, decodedBytes, materialize } from './materialize.js';
import { openLegacy } from './openLegacy.js';
import { openZip } from './openZip.js';
import { SAVE_WEIGHTS } from './values.js';

/** The values of all tensors take at most this many bytes for each of the file: booleans, which become 64-bit integers, take 8. */
const MAX_RATIO = 16;
/** Smaller results are accepted from any file. */
const MAX_SMALL_BYTES = 2 ** 26;
/** As much as the largest file that is read. */
const MAX_DECODED_BYTES = 2 ** 32;

/** The weights in a file of PyTorch. */
export interface TorchWeights {
  /** In which dictionaries of the file they are, such as `model.state_dict`; undefined if in none. */
  readonly dictionary: string | undefined;
  /** In the order of the `state_dict`. */
  readonly tensors: Map<string, SavedTensor>;
}

/**
 * Decodes the weights in a file of `torch.save`, in the format of PyTorch 1.6 or that before, without executing anything in it.
 * Half, bfloat16, and float64 become float32, and integers of any size I64. Tensors that share memory in the file get copies.
 *
 * @param who the file, for error messages
 * @throws {InklingError} when it is damaged, contains anything but tensors, dictionaries, lists, numbers, and texts, or expands to
 * more than 16 times its size (but not below 64 MiB), or 4 GiB
 */
export function decodeTorch(bytes: Uint8Array, who: string): TorchWeights {
  return nameErrors(who, () => {
    const { value, bytesOf } = hasAt(bytes, 0, ZIP_SIGNATURE) ? openZip(bytes) : openLegacy(bytes);
    const { dictionary, tensors: stored } = findStateDict(value);
    const limit = Math.min(MAX_DECODED_BYTES, Math.max(MAX_SMALL_BYTES, MAX_RATIO * bytes.length));
    const tensors = new Map<string, SavedTensor>();
    let total = 0;
    for (const [name, tensor] of stored) {
      checkName(name, 'its state_dict');
      tensors.set(
        name,
        nameErrors(`tensor "${name}"`, () => {
          checkView(tensor);
          total += decodedBytes(tensor);
          // Also not for a total that is not a number.
          if (total <= limit) return materialize(tensor, bytesOf);
          throw new InklingError(
            `expected tensors of at most ${formatCount(limit)} bytes in total, got more; ${SAVE_WEIGHTS}`,
          );
        }),
      );
    }
    return { dictionary, tensors };
  });
}
