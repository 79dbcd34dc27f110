import { crc32 } from '../../../core/checksum.js';
import { InklingError } from '../../../core/errors.js';
import { textAt } from '../../../core/files/signature.js';
import { type ZipEntry, zipEntries } from '../../../data/files/zipDirectory.js';
import { ByteReader } from './byteReader.js';
import { checkStorageSize, missingStorage, type TorchFile, wrongByteOrder } from './torchFile.js';
import { unpickle } from './unpickle.js';

const STORED = 0;
/** The name of the pickle, in the archive's only folder. */
const PICKLE = /^([^/]+)\/data\.pkl$/;

/**
 * Opens a file in the format of PyTorch 1.6 and later: a zip archive of a pickle and one file for each storage, all of them in one
 * folder and not compressed. Nothing is unpacked to a disk, and nothing is expanded.
 *
 * @throws {InklingError} with the reason only
 */
export function openZip(bytes: Uint8Array): TorchFile {
  const entries = new Map<string, ZipEntry>();
  for (const entry of zipEntries(bytes)) {
    checkPath(entry.name);
    if (entries.has(entry.name)) throw new InklingError(`it contains ${entry.name} twice; get a clean copy`);
    entries.set(entry.name, entry);
  }
  const folders = [...entries.keys()].flatMap((name) => PICKLE.exec(name)?.[1] ?? []);
  if (folders.length !== 1) {
    throw new InklingError(
      `expected one file data.pkl in the folder of the archive, got ${folders.length}; use a file that torch.save wrote`,
    );
  }
  const [folder] = folders;
  // Those that were verified, since many tensors can share a storage.
  const contents = new Map<string, Uint8Array>();
  const find = (name: string) => {
    const entry = entries.get(`${folder}/${name}`);
    const content = contents.get(name) ?? (entry && contentOf(entry));
    if (content !== undefined) contents.set(name, content);
    return content;
  };
  checkByteOrder(find('byteorder'));
  return {
    value: unpickle(new ByteReader(find('data.pkl') ?? new Uint8Array())).value,
    bytesOf(storage) {
      const content = find(`data/${storage.key}`);
      if (content === undefined) throw missingStorage(storage.key);
      checkStorageSize(storage, content.length);
      return content;
    },
  };
}

/** @throws {InklingError} for a path that leads out of the archive, which no file of PyTorch has */
function checkPath(name: string): void {
  const isSafe =
    !/[\\\0]|^[A-Za-z]:/.test(name) && !name.split('/').some((part) => ['', '.', '..'].includes(part));
  if (isSafe) return;
  throw new InklingError(
    `expected the names of files in one folder, got ${JSON.stringify(name.slice(0, 100))}; use a file that torch.save wrote`,
  );
}

/** @throws {InklingError} unless an entry is stored uncompressed, with the right checksum */
function contentOf({ name, method, crc, unpackedBytes, packed }: ZipEntry): Uint8Array {
  if (method !== STORED) {
    throw new InklingError(
      `${name}: expected a file that is not compressed, as torch.save writes it, got compression method ${method}; ` +
        'load it with torch.load and save it again',
    );
  }
  if (packed.length !== unpackedBytes || crc32(packed) !== crc) {
    throw new InklingError(`${name} is damaged: its checksum is wrong; get a clean copy`);
  }
  return packed;
}

function checkByteOrder(content: Uint8Array | undefined): void {
  if (content === undefined || textAt(content, 0, 16) === 'little') return;
  throw wrongByteOrder();
}
