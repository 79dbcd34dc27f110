import { InklingError } from '../../core/errors.js';
import { Random } from '../../core/random.js';

/**
 * Distinguishes the random number streams of one seed. Initial weights and batches use the numbers of PyTorch's default
 * generator; dropout and augmentation have separate streams, so that they do not change those.
 */
const SALTS = { batches: 0, dropout: 0x64726f70, augment: 0x6175676d } as const;

type StreamName = keyof typeof SALTS;

/** The random number generators of a run. */
export type Streams = Readonly<Record<StreamName, Random>>;

export function startStreams(seed: number): Streams {
  return streamsBy((name) => new Random(seed ^ SALTS[name]));
}

/** The state of each generator, by its name. */
export function saveStreams(streams: Streams): Map<string, Uint32Array> {
  return new Map(Object.entries(streams).map(([name, random]) => [name, random.save()]));
}

/** @throws {InklingError} when one is missing */
export function restoreStreams(saved: ReadonlyMap<string, Uint32Array>): Streams {
  return streamsBy((name) => {
    const state = saved.get(name);
    if (state === undefined) {
      throw new InklingError(
        `resume: the state of the random number generator "${name}" is missing; train the run again`,
      );
    }
    return Random.restore(state);
  });
}

function streamsBy(make: (name: StreamName) => Random): Streams {
  return { batches: make('batches'), dropout: make('dropout'), augment: make('augment') };
}
