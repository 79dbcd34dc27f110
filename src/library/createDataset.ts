import { concatenateBytes } from '../core/arrays.js';
import { checkOptions, checkValues, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { describeType } from '../core/checkPixels.js';
import { InklingError, InvalidInputError, messageOf, UsageError } from '../core/errors.js';
import { toBytes } from '../core/pixels.js';
import { formatShape, type Shape } from '../core/shape.js';
import { unknownName } from '../core/suggest.js';
import { validate } from '../core/validate.js';
import type { Dataset } from '../data/dataset.js';
import { labeledDataset, type PartImages } from '../data/labeledDataset.js';
import { DATASET_PARTS, type DatasetPart } from '../data/parts.js';
import { defaultInputKind, INPUT_KINDS, type InputKind } from '../images/inputKind.js';
import { ImageReader } from '../images/readImage.js';
import { presetOptionsSchema } from '../models/presetOptions.js';
import { hardwareThreads } from '../platform/host.js';
import { type ImageInput, inputsOfImage } from './imageInput.js';

/** An image, the name of its class, and the part of the data set that it belongs to. */
export interface LabeledImage {
  readonly image: ImageInput;
  readonly label: string;
  /** By default `train`. Without test images, a fifth of each class is held out. */
  readonly part?: DatasetPart | undefined;
}

/** What a data set is called, and how its images are prepared. */
export interface DatasetOptions {
  /** The name that models and reports state. */
  readonly name: string;
  /** The shape of every image, `[height, width, channels]` with 1 or 3 channels, to which images of other sizes are resized. */
  readonly shape: Shape;
  /**
   * `digit` finds the digit on each image and normalizes it as in MNIST, the default for square grayscale shapes; `image`, the
   * default for others, resizes it; `photo` resizes it and crops its center, as networks that are pretrained on ImageNet expect.
   */
  readonly inputKind?: InputKind | undefined;
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: OptionKinds<DatasetOptions> = {
  name: kinds.text,
  shape: kinds.anything,
  inputKind: kinds.oneOf(INPUT_KINDS),
  signal: kinds.signal,
};

interface Part {
  readonly pixels: Uint8Array[];
  readonly labels: string[];
}

/**
 * Makes a data set from labeled images, in memory. They are prepared as `Classifier.classify` prepares them.
 *
 * @param images an array, or anything to iterate over, also asynchronously
 * @throws {UsageError} for anything but images and options
 * @throws {InvalidInputError} when one is no image or has no label
 * @throws {InklingError} when one cannot be decoded, or there are fewer than two classes
 * @example
 * ```ts
 * const images = files.map((file) => ({ image: file, label: file.name.startsWith('cat') ? 'cat' : 'dog' }));
 * const dataset = await createDataset(images, { name: 'pets', shape: [32, 32, 3] });
 * ```
 */
export async function createDataset(
  images: Iterable<LabeledImage> | AsyncIterable<LabeledImage>,
  options: DatasetOptions,
): Promise<Dataset> {
  checkOptions('createDataset', options, OPTIONS, "{ name: 'pets', shape: [32, 32, 3] }");
  const { name, signal } = options;
  checkValues('createDataset', { name, images }, { name: kinds.text, images: kinds.iterable });
  const shape = validate(presetOptionsSchema.shape.input, options.shape, 'createDataset: shape', UsageError);
  const { inputKind = defaultInputKind(shape) } = options;
  const parts = new Map<DatasetPart, Part>();
  const reader = new ImageReader(shape, inputKind, hardwareThreads());
  let position = 0;
  try {
    for await (const given of images) {
      signal?.throwIfAborted();
      const where = `image ${++position} of ${name}`;
      const { image, label, part = 'train' } = checkLabeled(given, where);
      const { pixels } = await inputsOfImage(image, reader, signal).catch((error: unknown) => {
        throw error instanceof InklingError ? new InvalidInputError(`${where}: ${messageOf(error)}`) : error;
      });
      const known = parts.get(part) ?? { pixels: [], labels: [] };
      parts.set(part, known);
      known.pixels.push(toBytes(pixels));
      known.labels.push(label);
    }
  } finally {
    await reader.close();
  }
  if (position === 0) {
    throw new InvalidInputError(`${name}: expected images of at least two classes, got none`);
  }
  const dataset = labeledDataset(
    DATASET_PARTS.flatMap((part) => partImages(part, parts.get(part), shape)),
    { name, location: name, sha256: {} },
    'training',
  );
  return { ...dataset, inputKind };
}

/** Programs in JavaScript may pass anything. */
function checkLabeled(given: LabeledImage, where: string): LabeledImage {
  const { label, part } = { ...given };
  if (typeof label !== 'string' || label === '') {
    throw new InvalidInputError(
      `${where}: expected the name of its class as label, got ${JSON.stringify(label)}; pass { image, label }`,
    );
  }
  if (part === undefined || DATASET_PARTS.includes(part)) return given;
  throw new InvalidInputError(
    `${where}: ${unknownName('part', typeof part === 'string' ? part : describeType(part), DATASET_PARTS)}`,
  );
}

function partImages(part: DatasetPart, images: Part | undefined, shape: Shape): PartImages[] {
  if (images === undefined) return [];
  const pixels = concatenateBytes(images.pixels);
  const interpretation = `${images.labels.length} images of ${formatShape(shape)}`;
  return [{ part, origin: part, pixels, shape, labels: images.labels, interpretation }];
}
