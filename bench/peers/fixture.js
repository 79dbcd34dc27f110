/** Reads the fixture's images, labels and weights for the JavaScript peers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const IMAGE = 28 * 28;

/** Returns a function that cycles through the batches: `{ pixels, labels }`, with pixels from 0 to 1. */
export function batchesOf({ folder, batch }) {
  const pixels = Float32Array.from(readFileSync(join(folder, 'images.u8')), (byte) => byte / 255);
  const labels = readFileSync(join(folder, 'labels.u8'));
  let first = -batch;
  return () => {
    first = first + 2 * batch <= labels.length ? first + batch : 0;
    return {
      pixels: pixels.subarray(first * IMAGE, (first + batch) * IMAGE),
      labels: labels.subarray(first, first + batch),
    };
  };
}

/** The float32 tensors of the job's network, by PyTorch's names: `{ shape, values }`. */
export function weightsOf({ folder, width }) {
  const file = readFileSync(join(folder, `width-${width}.safetensors`));
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
