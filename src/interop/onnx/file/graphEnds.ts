import { InklingError } from '../../../core/errors.js';
import { formatShape, type Shape } from '../../../core/shape.js';
import type { OnnxFile, OnnxValueInfo } from './readOnnxFile.js';
import { dataTypeOf } from './tensors.js';
import type { GraphInput } from './traceGraph.js';

/** Larger images are not classified. */
const MAX_SIDE = 65_536;
/** Of an image, not of what is computed from it. */
const MAX_CHANNELS = 1024;
/** The numbers of channels by which the last axis of an image is recognized: gray and color. */
const IMAGE_CHANNELS: readonly (number | undefined)[] = [1, 3];

/**
 * The image that the graph takes.
 *
 * @param given `[height, width]` or `[height, width, channels]`, for a file that leaves them open
 * @throws {InklingError} when there is not one, or its shape is unknown
 */
export function findInput(file: OnnxFile, given: Shape | undefined): GraphInput {
  // Files of early versions list their tensors as inputs too.
  const inputs = file.inputs.filter(({ name }) => !file.initializers.has(name));
  if (inputs.length !== 1) throw countError('input', inputs);
  const [{ name, type, shape }] = inputs;
  const { name: typeName, isFloat } = dataTypeOf(type);
  if (shape?.length !== 4 || !isFloat) {
    const got = `${typeName}${shape === undefined ? ' of unknown shape' : ` of ${describeSizes(shape)}`}`;
    throw new InklingError(
      `input "${name}": expected float32 images, [batch, channels, height, width], got ${got}; ` +
        'only networks that classify images can be imported, not those for text, sound, or tables',
    );
  }
  const [batch, ...axes] = shape;
  const isChannelsLast = IMAGE_CHANNELS.includes(axes[2]) && !IMAGE_CHANNELS.includes(axes[0]);
  const [channels, height, width] = isChannelsLast ? [axes[2], axes[0], axes[1]] : axes;
  return { name, shape: imageShape([height, width, channels], given, name), isChannelsLast, batch };
}

function imageShape(stated: readonly (number | undefined)[], given: Shape | undefined, name: string): Shape {
  const shape = stated.map((size, axis) => size ?? given?.[axis]);
  if (given?.some((size, axis) => size !== shape[axis])) {
    throw new InklingError(
      `input "${name}": expected images of ${describeSizes(stated)} (height, width, channels), got ${formatShape(given)}; ` +
        'use the size of the file, or export it for another size',
    );
  }
  const known = shape.filter((size) => size !== undefined);
  if (known.length < 3) {
    throw new InklingError(
      `input "${name}": expected the size of the images, got ${describeSizes(stated)} (height, width, channels); ` +
        'state it with --image-size, in the library with input: [height, width, channels], or export the model for one size',
    );
  }
  const [height, width, channels] = known;
  if (height > MAX_SIDE || width > MAX_SIDE || channels > MAX_CHANNELS) {
    throw new InklingError(
      `input "${name}": expected images of at most ${formatShape([MAX_SIDE, MAX_SIDE, MAX_CHANNELS])}, got ${formatShape(known)}; export the model for smaller ones`,
    );
  }
  return known;
}

/**
 * The name of the graph's output.
 *
 * @throws {InklingError} unless there is one
 */
export function findOutput({ outputs }: OnnxFile): string {
  if (outputs.length !== 1) throw countError('output', outputs);
  return outputs[0].name;
}

function countError(what: string, values: readonly OnnxValueInfo[]): InklingError {
  const names = values.slice(0, 5).map(({ name }) => `"${name}"`);
  const got = values.length === 0 ? 'none' : `${values.length}: ${names.join(', ')}`;
  return new InklingError(
    `expected a graph with one ${what}, ${what === 'input' ? 'an image' : 'the numbers of the classes'}, got ${got}; ` +
      'export only the network that classifies images',
  );
}

function describeSizes(shape: readonly (number | undefined)[]): string {
  return shape.map((size) => size ?? '?').join('×');
}
