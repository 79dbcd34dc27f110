/** A valid file, or another input, from which mutated ones are made. */
export interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What is known about a mutated input. */
export interface Mutant {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The position of the seed that it was made from. */
  readonly seed: number;
  /** Whether the input is the beginning of the seed. */
  readonly isTruncated: boolean;
  /** Whether a single byte of the seed was changed. */
  readonly isOneByte: boolean;
  /** Whether checksums were repaired after the mutation, so that the code after their verification runs. */
  readonly isRepaired: boolean;
}

/** Code that reads data from outside. */
export interface Target {
  readonly name: string;
  seeds(): Promise<readonly Seed[]>;
  /**
   * Reads an input.
   *
   * @returns the content as text, to be compared with that of the seed
   * @throws {InklingError} when it rejects the input; any other error is a finding
   */
  read(bytes: Uint8Array<ArrayBuffer>): Promise<string> | string;
  /** Whether a checksum or a length covers what was changed, so that an input that is accepted must have the content of its seed. */
  protects(mutant: Mutant): boolean;
  /** Restores the checksums of an input. */
  repair?(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
}
