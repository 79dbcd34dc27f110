import { checkObject, checkOptions, checkValues, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import type { Shape } from '../core/shape.js';
import { INPUT_KINDS, type InputKind } from '../images/inputKind.js';
import type { DownloadOptions } from './files/download.js';
import type { Environment } from './files/locate.js';
import { DATASET_USES, type DatasetUse } from './holdOutTest.js';
import type { DecodeOptions } from './imageFolder/decodeFiles.js';

/** Which data set to load, and where to look for it. */
export interface DatasetRequest extends DownloadOptions, DecodeOptions {
  /** A name in the catalog, `digits` (built in), or the path of an image folder, a tar archive of one, a table or NumPy arrays of pixels, or a folder of IDX files. */
  readonly name: string;
  /** The first folder to search for a data set of the catalog. */
  readonly dataDir?: string | undefined;
  /** Its `INKLING_DATA_DIR` is the second, and its proxies are used; by default `process.env`. */
  readonly environment?: Environment | undefined;
  /** The height and width to which image files are resized; by default their own if all are equal and small. */
  readonly imageSize?: number | undefined;
  /** Skips files that cannot be decoded, which are otherwise an error. */
  readonly skipUnreadable?: boolean | undefined;
  /** Prepares the images as this kind: drawings are normalized like MNIST's digits. By default, they are not changed. */
  readonly input?: InputKind | undefined;
  /** For evaluation, all images of a data set without test images are test images; for training, the default, some are. */
  readonly use?: DatasetUse | undefined;
  /**
   * The model that will use the data set: images are prepared as its input kind, image files are resized to its input shape, and
   * labeled by its classes if given.
   */
  readonly model?:
    | {
        readonly input: Shape;
        readonly inputKind?: InputKind | undefined;
        readonly classes?: readonly string[];
      }
    | undefined;
}

const OPTIONS: OptionKinds<DatasetRequest> = {
  name: kinds.string,
  dataDir: kinds.path,
  environment: kinds.object,
  imageSize: kinds.count,
  skipUnreadable: kinds.flag,
  input: kinds.oneOf(INPUT_KINDS),
  use: kinds.oneOf(DATASET_USES),
  model: kinds.object,
  signal: kinds.signal,
  onProgress: kinds.callback,
  onDecode: kinds.callback,
};

/**
 * Checks what `loadDataset` is given: the settings of a run can be passed with the name of their data set, though many have no effect on it.
 *
 * @throws {UsageError} for an unknown option, or one of another kind
 */
export function checkRequest(given: DatasetRequest): void {
  const example = "{ name: 'mnist' }";
  checkObject('loadDataset', given, example);
  const known = Object.entries(given).filter(
    ([name]) => !('dataset' in given) || Object.hasOwn(OPTIONS, name),
  );
  checkOptions('loadDataset', Object.fromEntries(known) as Partial<DatasetRequest>, OPTIONS);
  checkValues('loadDataset', { name: given.name }, { name: OPTIONS.name });
}
