/** The hash has one bit for each pair of the lowest vertical and horizontal frequencies. */
const FREQUENCIES = 8;

/** 64 bits, as two words of 32 bits. */
export type PerceptualHash = readonly [number, number];

/**
 * Makes a function that hashes images such that the hashes of similar images differ in few bits: for each of the lowest frequencies of
 * the discrete cosine transform, whether its coefficient is above their median. Source: C. Zauner, "Implementation and Benchmarking
 * of Perceptual Image Hash Functions", 2010; with the frequencies of `imagehash.phash` in Python.
 *
 * @returns hashes an image, `[height, width]`
 */
export function perceptualHasher(height: number, width: number): (gray: Float32Array) => PerceptualHash {
  const horizontal = cosines(width);
  const vertical = cosines(height);
  const rows = new Float64Array(FREQUENCIES * height);
  const coefficients = new Float64Array(FREQUENCIES * FREQUENCIES);
  return (gray) => {
    for (let x = 0; x < FREQUENCIES; x++) {
      for (let row = 0; row < height; row++) {
        rows[x * height + row] = dot(gray, row * width, horizontal[x]);
      }
      for (let y = 0; y < FREQUENCIES; y++) {
        coefficients[y * FREQUENCIES + x] = dot(rows, x * height, vertical[y]);
      }
    }
    return bitsAbove(medianOf(coefficients), coefficients);
  };
}

/** The number of bits that differ, from 0 to 64. */
export function hammingDistance(first: PerceptualHash, second: PerceptualHash): number {
  return countBits(first[0] ^ second[0]) + countBits(first[1] ^ second[1]);
}

/** The lowest basis functions of the discrete cosine transform (DCT-II) of this length: `[frequencies][length]`. */
function cosines(length: number): Float64Array[] {
  return Array.from({ length: FREQUENCIES }, (_, frequency) =>
    Float64Array.from({ length }, (_, i) => Math.cos((Math.PI * frequency * (2 * i + 1)) / (2 * length))),
  );
}

function dot(values: Float32Array | Float64Array, first: number, factors: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < factors.length; i++) sum += values[first + i] * factors[i];
  return sum;
}

/** @param values an even number of them */
function medianOf(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length / 2;
  return (sorted[middle - 1] + sorted[middle]) / 2;
}

function bitsAbove(limit: number, values: Float64Array): PerceptualHash {
  const words: [number, number] = [0, 0];
  values.forEach((value, bit) => {
    if (value > limit) words[bit >> 5] |= 1 << (bit & 31);
  });
  return words;
}

/** The number of bits of a 32-bit word that are 1. Source: H. S. Warren, "Hacker's Delight", 2nd edition, section 5-1. */
function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
