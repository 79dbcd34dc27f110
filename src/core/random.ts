const STATE_SIZE = 624;
const SHIFT_SIZE = 397;

/**
 * The 32-bit Mersenne Twister (mt19937), as PyTorch's CPU generator uses it: the same seed gives the same stream.
 * Source: M. Matsumoto and T. Nishimura, "Mersenne Twister", ACM TOMACS 8(1), 1998.
 */
export class Random {
  readonly #state = new Uint32Array(STATE_SIZE);
  #next = STATE_SIZE;

  /** @param seed an integer, of which the low 32 bits are used, as by `torch.manual_seed` */
  constructor(seed: number | bigint) {
    this.#state[0] = Number(BigInt.asUintN(32, BigInt(seed)));
    for (let i = 1; i < STATE_SIZE; i++) {
      const previous = this.#state[i - 1];
      this.#state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
    }
  }

  /** An integer from 0 to 2^32 - 1. */
  uint32(): number {
    if (this.#next === STATE_SIZE) this.#refill();
    let y = this.#state[this.#next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  /** An integer from 0 to 2^64 - 1; the first draw is its high half. */
  uint64(): bigint {
    const high = this.uint32();
    return (BigInt(high) << 32n) | BigInt(this.uint32());
  }

  /** A float64 in [0, 1) of 53 random bits, as PyTorch draws it: the low bits of a 64-bit draw. */
  float64(): number {
    const high = this.uint32() & 0x1fffff;
    return (high * 2 ** 32 + this.uint32()) * 2 ** -53;
  }

  /**
   * A float32 in [low, high), as `torch.Tensor.uniform_` draws it: 24 random bits times the float32 range, plus `low`,
   * rounded once. The product has at most 48 bits, so that float64 holds it exactly.
   */
  uniform(low: number, high: number): number {
    const unit = (this.uint32() & 0xffffff) * 2 ** -24;
    const range = Math.fround(Math.fround(high) - Math.fround(low));
    return Math.fround(unit * range + Math.fround(low));
  }

  /** The numbers 0 to n - 1 in random order, as `torch.randperm(n)` gives them. */
  permutation(n: number): Uint32Array {
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let i = 0; i < n - 1; i++) {
      const other = i + (this.uint32() % (n - i));
      [order[i], order[other]] = [order[other], order[i]];
    }
    return order;
  }

  /** The state of the generator, for `restore`. */
  save(): Uint32Array {
    return Uint32Array.of(...this.#state, this.#next);
  }

  /** A generator that continues from a saved state. */
  static restore(saved: Uint32Array): Random {
    const random = new Random(0);
    random.#state.set(saved.subarray(0, STATE_SIZE));
    random.#next = saved[STATE_SIZE];
    return random;
  }

  #refill(): void {
    for (let i = 0; i < STATE_SIZE; i++) {
      const y = (this.#state[i] & 0x80000000) | (this.#state[(i + 1) % STATE_SIZE] & 0x7fffffff);
      const twist = (y & 1) === 0 ? 0 : 0x9908b0df;
      this.#state[i] = this.#state[(i + SHIFT_SIZE) % STATE_SIZE] ^ (y >>> 1) ^ twist;
    }
    this.#next = 0;
  }
}
