import { InklingError } from '../../../core/errors.js';
import { formatCount } from '../../../core/format.js';
import { ByteReader } from './byteReader.js';
import { storedBytesPerValue } from './storageTypes.js';
import { checkStorageSize, missingStorage, type TorchFile, wrongByteOrder } from './torchFile.js';
import { unpickle } from './unpickle.js';
import { listFrom, type PickleValue, textFrom, unexpected } from './values.js';

/** The only version of the format. */
const PROTOCOL = 1001;

/**
 * Opens a file in the format of PyTorch before 1.6: five pickles (the number that identifies the format, its version, the machine's
 * types, the object, the keys of the storages), then the values of the storages, each after their number.
 *
 * @throws {InklingError} with the reason only
 */
export function openLegacy(bytes: Uint8Array): TorchFile {
  const reader = new ByteReader(bytes);
  unpickle(reader);
  checkVersion(unpickle(reader).value, unpickle(reader).value);
  const { value, storages } = unpickle(reader);
  const keys = listFrom(unpickle(reader).value, 'the keys of its storages');
  const values = new Map<string, Uint8Array>();
  for (const each of keys) {
    const key = textFrom(each, 'the key of a storage');
    const storage = storages.get(key);
    if (storage === undefined || values.has(key)) {
      throw new InklingError(
        `expected each of its storages once, got ${JSON.stringify(key)}; get a clean copy`,
      );
    }
    const size = Number(reader.uint64());
    checkStorageSize(storage, size * storedBytesPerValue(storage.type));
    values.set(key, reader.take(size * storedBytesPerValue(storage.type)));
  }
  if (reader.remaining > 0) {
    throw new InklingError(
      `expected its end, got ${formatCount(reader.remaining)} more bytes; get a clean copy`,
    );
  }
  return {
    value,
    bytesOf({ key }) {
      const content = values.get(key);
      if (content === undefined) throw missingStorage(key);
      return content;
    },
  };
}

function checkVersion(version: PickleValue, machine: PickleValue): void {
  if (version !== PROTOCOL) throw unexpected('the version of its format', `${PROTOCOL}`, version);
  if (machine instanceof Map && machine.get('little_endian') === true) return;
  throw wrongByteOrder();
}
