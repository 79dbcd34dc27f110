/** Reads the fixture's images, labels and weights for the JavaScript peers. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** The shape of the images of the job's network: `[height, width, channels]`. */
export function inputOf({ folder, network }) {
  return JSON.parse(readFileSync(join(folder, `${network}.json`), 'utf8')).input;
}

/** Returns a function that cycles through the batches: `{ pixels, labels }`, with pixels from 0 to 1, channels first. */
export function batchesOf(job) {
  const { folder, batch, images } = job;
  const shape = inputOf(job);
  const size = shape[0] * shape[1] * shape[2];
  const bytes = readStart(join(folder, `images-${shape.join('x')}.u8`), images * size);
  const pixels = channelsFirst(bytes, shape);
  const labels = readFileSync(join(folder, 'labels.u8')).subarray(0, pixels.length / size);
  let first = -batch;
  return () => {
    first = first + 2 * batch <= labels.length ? first + batch : 0;
    return {
      pixels: pixels.subarray(first * size, (first + batch) * size),
      labels: labels.subarray(first, first + batch),
    };
  };
}

/** At most this many bytes of a file. */
function readStart(path, length) {
  const bytes = new Uint8Array(length);
  const file = openSync(path, 'r');
  const read = readSync(file, bytes);
  closeSync(file);
  return bytes.subarray(0, read);
}

function channelsFirst(bytes, [height, width, channels]) {
  const area = height * width;
  return Float32Array.from(bytes, (_, i) => {
    const within = i % (area * channels);
    return bytes[i - within + (within % area) * channels + Math.floor(within / area)] / 255;
  });
}

/** The float32 tensors of the job's network, by PyTorch's names: `{ shape, values }`. */
export function weightsOf({ folder, network }) {
  const file = readFileSync(join(folder, `${network}.safetensors`));
  const start = 8 + Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString('utf8', 8, start));
  const floats = Object.entries(header).filter(([, { dtype }]) => dtype === 'F32');
  return Object.fromEntries(
    floats.map(
      ([
        name,
        {
          shape,
          data_offsets: [begin, end],
        },
      ]) => {
        const { buffer } = Uint8Array.from(file.subarray(start + begin, start + end));
        return [name, { shape, values: new Float32Array(buffer) }];
      },
    ),
  );
}
