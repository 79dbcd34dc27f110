/** Reads the fixture's images, labels and weights for the JavaScript peers. */
import { readFixtureFile } from './files.js';

const textOf = (bytes) => new TextDecoder().decode(bytes);

/** The shape of the images of the job's network: `[height, width, channels]`. */
export function inputOf(job) {
  return JSON.parse(textOf(readFixtureFile(job, `${job.network}.json`))).input;
}

/** Returns a function that cycles through the batches: `{ pixels, labels }`, with pixels from 0 to 1, channels first. */
export function batchesOf(job) {
  const { batch, images } = job;
  const shape = inputOf(job);
  const size = shape[0] * shape[1] * shape[2];
  const pixels = channelsFirst(readFixtureFile(job, `images-${shape.join('x')}.u8`, images * size), shape);
  const labels = readFixtureFile(job, 'labels.u8').subarray(0, pixels.length / size);
  let first = -batch;
  return () => {
    first = first + 2 * batch <= labels.length ? first + batch : 0;
    return {
      pixels: pixels.subarray(first * size, (first + batch) * size),
      labels: labels.subarray(first, first + batch),
    };
  };
}

function channelsFirst(bytes, [height, width, channels]) {
  const area = height * width;
  return Float32Array.from(bytes, (_, i) => {
    const within = i % (area * channels);
    return bytes[i - within + (within % area) * channels + Math.floor(within / area)] / 255;
  });
}

/** The float32 tensors of the job's network, by PyTorch's names: `{ shape, values }`. */
export function weightsOf(job) {
  const file = readFixtureFile(job, `${job.network}.safetensors`);
  const start = 8 + Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(textOf(file.subarray(8, start)));
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
        const { buffer } = file.slice(start + begin, start + end);
        return [name, { shape, values: new Float32Array(buffer) }];
      },
    ),
  );
}
