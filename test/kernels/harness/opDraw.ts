import type { Pair, Shape } from '#inkling/core/shape.js';
import { Random } from '#inkling/core/random.js';
import { windowOutput } from '#inkling/layers/shared/window.js';
import type { PlanBuilder } from '#inkling/plan/builder.js';
import type { Tensor } from '#inkling/plan/tensor.js';

/** Fewer channels than the lanes of a vector, as many, and more: pairs of vectors, single ones, and the rest. */
const CHANNELS = [1, 2, 3, 4, 5, 8, 10, 14, 16, 33];
/** Enough widths to produce every tile height, alone and combined. */
const WIDTHS = 20;
const HEIGHTS = 4;
/** `[batch size, images in the batch]`: some of the sixteen tasks have several images, some none. */
const BATCHES: readonly Pair[] = [
  [1, 1],
  [3, 3],
  [4, 2],
  [21, 18],
  [9, 7],
];

/** Draws the parts of a case of an operation; the same index gives the same case. */
export class OpDraw {
  readonly random: Random;
  readonly builder: PlanBuilder;
  readonly index: number;
  /** Images in the batch, at most the plan's batch size. */
  readonly count: number;
  readonly channels: number;
  readonly otherChannels: number;
  readonly width: number;
  readonly height: number;
  /** The values of tensors before the step, if not the default. */
  readonly values = new Map<Tensor, (element: number) => number>();

  static batchOf(index: number): Pair {
    return BATCHES[index % BATCHES.length];
  }

  constructor(builder: PlanBuilder, index: number) {
    this.random = new Random(index);
    this.builder = builder;
    this.index = index;
    this.count = OpDraw.batchOf(index)[1];
    this.channels = CHANNELS[index % CHANNELS.length];
    this.otherChannels = CHANNELS[(3 * index + Math.floor(index / CHANNELS.length)) % CHANNELS.length];
    this.width = 1 + (index % WIDTHS);
    this.height = 1 + (index % HEIGHTS);
  }

  /** From `low` to `high`, inclusive. */
  integer(low: number, high: number): number {
    return low + (this.random.uint32() % (high - low + 1));
  }

  pair(low: number, high: number): Pair {
    return [this.integer(low, high), this.integer(low, high)];
  }

  /** A tensor of images with a random halo. */
  image(name: string, shape: Shape, halo = this.pair(0, 2)): Tensor {
    return this.builder.perImage(name, shape, { halo });
  }

  /** The shape of an item for operations that accept images and vectors. */
  anyShape(): Shape {
    return this.index % 3 === 0 ? [this.width * this.channels] : [this.height, this.width, this.channels];
  }

  /** Like `image`, for items of any shape. */
  items(name: string, shape: Shape): Tensor {
    return this.image(name, shape, shape.length === 3 ? this.pair(0, 2) : [0, 0]);
  }

  shared(name: string, shape: Shape, value?: (element: number) => number, count = 1): Tensor {
    return this.#with(this.builder.shared({ name, shape, count }), value);
  }

  perTask(name: string, shape: Shape, dtype?: Tensor['dtype'], value?: (element: number) => number): Tensor {
    return this.#with(this.builder.perTask(name, shape, dtype), value);
  }

  /** A tensor with an item for each group of tasks. */
  perGroup(name: string, shape: Shape, groups: number): Tensor {
    return this.builder.perTask(name, shape, 'f32', groups);
  }

  /** Logits and targets. */
  classified(): { logits: Tensor; targets: Tensor } {
    const classes = this.index % 4 === 0 ? 10 : this.channels;
    // In every other case some logits are equal, of which the first counts.
    const logits = this.#with(this.builder.perImage('logits', [classes]), () =>
      this.index % 2 === 0 ? this.random.uniform(-10, 10) : this.integer(-3, 3),
    );
    const targets = this.#with(this.builder.perImage('targets', [], { dtype: 'i32' }), () =>
      this.integer(0, classes - 1),
    );
    return { logits, targets };
  }

  /** An integer tensor that the plan shares. */
  integers(name: string, dtype: 'i32' | 'u8', shape: Shape, count = 1, largest?: number): Tensor {
    const tensor = this.builder.shared({ name, dtype, shape, count });
    return this.#with(tensor, largest === undefined ? undefined : () => this.integer(0, largest));
  }

  /** A window with a matching input and output; `exact` selects which of them has the drawn size. */
  window(exact: 'input' | 'output', largestKernel: number, largestPadding: number, largestDilation = 1) {
    const axis = (size: number) => {
      const taps = this.integer(1, largestKernel);
      const dilation = this.integer(1, largestDilation);
      const kernel = (taps - 1) * dilation + 1;
      const stride = this.integer(1, 3);
      const largest = Math.min(largestPadding, this.integer(0, largestPadding));
      if (exact === 'input') {
        const padding = Math.max(largest, Math.ceil((kernel - size) / 2));
        return { taps, dilation, kernel, stride, padding, input: size };
      }
      const padded = (size - 1) * stride + kernel + this.integer(0, stride - 1);
      const padding = Math.min(largest, Math.floor((padded - 1) / 2));
      return { taps, dilation, kernel, stride, padding, input: padded - 2 * padding };
    };
    const [y, x] = [axis(this.height), axis(this.width)];
    const pairs = (['taps', 'dilation', 'kernel', 'stride', 'padding', 'input'] as const).map((key): Pair => [
      y[key],
      x[key],
    ]);
    const [taps, dilation, kernel, stride, padding, input] = pairs;
    const padded: Pair = [input[0] + 2 * padding[0], input[1] + 2 * padding[1]];
    return { kernel: taps, stride, padding, dilation, input, output: windowOutput(padded, kernel, stride) };
  }

  #with(tensor: Tensor, value: ((element: number) => number) | undefined): Tensor {
    if (value !== undefined) this.values.set(tensor, value);
    return tensor;
  }
}
