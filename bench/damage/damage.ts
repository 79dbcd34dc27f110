/** A damaged copy of a file, with what was done to it. */
export interface DamagedFile {
  readonly damage: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The file cut off before each of its bytes. */
export function* truncations(file: Uint8Array): Generator<DamagedFile> {
  for (let length = 0; length < file.length; length++) {
    yield { damage: `cut off after ${length} bytes`, bytes: Uint8Array.from(file.subarray(0, length)) };
  }
}

/** The file with each of its bits flipped, or each of those in some bytes. */
export function* bitFlips(
  file: Uint8Array,
  isIncluded: (at: number) => boolean = () => true,
): Generator<DamagedFile> {
  for (let at = 0; at < file.length; at++) {
    if (!isIncluded(at)) continue;
    for (let bit = 0; bit < 8; bit++) {
      const bytes = Uint8Array.from(file);
      bytes[at] ^= 1 << bit;
      yield { damage: `bit ${bit} of byte ${at} flipped`, bytes };
    }
  }
}
