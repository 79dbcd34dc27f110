import { InklingError } from '../core/errors.js';
import {
  type FileType,
  HDF5_SIGNATURE,
  identifyFile,
  isPickle,
  UNKNOWN_TYPE,
  ZIP_SIGNATURE,
} from '../core/files/fileType.js';
import { hasAt, textAt } from '../core/files/signature.js';

/** The offset of the name of a zip archive's first file. Source: PKWARE's APPNOTE.TXT, section 4.3.7. */
const ZIP_NAME_OFFSET = 30;
const MAX_ZIP_NAME_LENGTH = 256;

/** The number that identifies a file of PyTorch before 1.6, as its first pickle contains it. Source: `torch/serialization.py`. */
const TORCH_MAGIC = '\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19';
/** It follows the protocol of the pickle, and from protocol 4 on the length of a frame. */
const MAX_MAGIC_END = 32;

const ONLY_OTHERS =
  "only ONNX models, and weights with PyTorch's names and layout, can be imported; convert it to ONNX";

/** Files of other programs that contain models. */
const models: readonly {
  readonly name: string;
  readonly advice: string;
  matches: (bytes: Uint8Array, file: string) => boolean;
}[] = [
  {
    name: 'a PyTorch file (torch.save)',
    advice: 'it contains only weights: state their model with inkling import FILE --model NAME',
    matches: isTorchFile,
  },
  {
    name: 'a Python pickle',
    advice: 'save the weights with PyTorch instead: torch.save(model.state_dict(), "weights.pt")',
    matches: isPickle,
  },
  {
    name: 'an ONNX model',
    advice: 'make a run of it with inkling import FILE, or fine-tune it with inkling train --init-from FILE',
    matches: isOnnxFile,
  },
  {
    name: 'a Keras model (HDF5)',
    advice: ONLY_OTHERS,
    matches: (bytes, file) => hasAt(bytes, 0, HDF5_SIGNATURE) || /\.keras$/i.test(file),
  },
  {
    name: 'a TensorFlow Lite model',
    advice: ONLY_OTHERS,
    matches: (bytes) => hasAt(bytes, 4, 'TFL3'),
  },
];

/**
 * Explains what a file that is not a safetensors file is.
 *
 * @param who the file, for error messages
 * @throws {InklingError} when it has another known type
 */
export function checkForeign(bytes: Uint8Array, who: string): void {
  const { name, advice } = identifyForeignFile(bytes, who);
  if (name === UNKNOWN_TYPE) return;
  throw new InklingError(
    `${who}: expected a safetensors file, got ${name}${advice === undefined ? '' : `; ${advice}`}`,
  );
}

/**
 * Identifies a file that is not a safetensors file by its content.
 *
 * @param file its name, which is used if the content is inconclusive
 */
function identifyForeignFile(bytes: Uint8Array, file: string): FileType {
  const model = models.find(({ matches }) => matches(bytes, file));
  return model === undefined
    ? identifyFile(bytes)
    : { kind: 'other', name: model.name, advice: model.advice };
}

/** Whether a file name has the extension of a model of this or another program. */
export function hasModelExtension(file: string): boolean {
  return /\.(safetensors|pt|pth|ckpt|onnx|h5|hdf5|keras|tflite|pkl|pickle)$/i.test(file);
}

/** Whether a file was written by `torch.save`: a zip archive with a pickle, or, before version 1.6, several pickles. */
export function isTorchFile(bytes: Uint8Array, file: string): boolean {
  if (isPickle(bytes)) return textAt(bytes, 0, MAX_MAGIC_END).includes(TORCH_MAGIC);
  if (!hasAt(bytes, 0, ZIP_SIGNATURE)) return false;
  return (
    /\.(pt|pth|ckpt)$/i.test(file) || textAt(bytes, ZIP_NAME_OFFSET, MAX_ZIP_NAME_LENGTH).includes('data.pkl')
  );
}

/** Whether a file is an ONNX model: its first field is the version of its format, a small number. */
export function isOnnxFile(bytes: Uint8Array, file: string): boolean {
  return bytes[0] === 0x08 && bytes[1] < 0x20 && ([0x12, 0x3a].includes(bytes[2]) || /\.onnx$/i.test(file));
}
