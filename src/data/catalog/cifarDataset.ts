import { InklingError } from '../../core/errors.js';
import type { Dataset, DatasetInfo, ImageSet } from '../dataset.js';
import type { DatasetFile } from '../files/datasetFile.js';
import { listTarBytes } from '../files/tarReaders.js';

const SIDE = 32;
const PIXELS = SIDE * SIDE;
/** A label, then all red, all green and all blue values. Source: the data set's page. */
const RECORD_BYTES = 1 + 3 * PIXELS;
const TRAIN_FILES = [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`);
const TEST_FILE = 'test_batch.bin';

/**
 * Makes CIFAR-10 from its archive.
 *
 * @param files the archive, unpacked
 * @throws {InklingError} when a file is missing or malformed
 */
export function cifarDataset(
  [archive]: readonly DatasetFile[],
  { name, source, classes }: DatasetInfo,
): Dataset {
  const { bytes, origin } = archive;
  const listing = listTarBytes(bytes, origin);
  const contentOf = (fileName: string): Uint8Array => {
    const file = listing.files.find((each) => each.name.split('/').at(-1) === fileName);
    if (file === undefined) {
      throw new InklingError(`${origin}: ${fileName} is missing; get a complete copy`);
    }
    return bytes.subarray(file.offset, file.offset + file.bytes);
  };
  const read = (fileNames: readonly string[]) =>
    parseRecords(fileNames.map(contentOf), classes.length, `${origin}: ${fileNames[0]}`);
  return {
    name,
    source: { ...source, sha256: { [archive.name]: archive.sha256 } },
    shape: [SIDE, SIDE, 3],
    classes,
    train: read(TRAIN_FILES),
    test: read([TEST_FILE]),
  };
}

function parseRecords(files: readonly Uint8Array[], classes: number, who: string): ImageSet {
  const totalBytes = files.reduce((sum, file) => sum + file.length, 0);
  const count = totalBytes / RECORD_BYTES;
  if (!Number.isInteger(count) || count === 0) {
    throw new InklingError(
      `${who}: expected records of ${RECORD_BYTES} bytes, got ${totalBytes} bytes in total; get a complete copy`,
    );
  }
  const records = Buffer.concat(files);
  const labels = new Uint8Array(count);
  const images = new Uint8Array(count * 3 * PIXELS);
  for (let image = 0; image < count; image++) {
    const start = image * RECORD_BYTES;
    labels[image] = records[start];
    if (labels[image] >= classes) {
      throw new InklingError(
        `${who}: label ${labels[image]} of record ${image}, expected 0 to ${classes - 1}`,
      );
    }
    for (let channel = 0; channel < 3; channel++) {
      const plane = start + 1 + channel * PIXELS;
      for (let pixel = 0; pixel < PIXELS; pixel++) {
        images[(image * PIXELS + pixel) * 3 + channel] = records[plane + pixel];
      }
    }
  }
  return { images, labels };
}
