import { type Command, Option } from 'commander';
import { UsageError } from '../../core/errors.js';
import { positiveInteger } from '../../core/validate.js';
import type { Config } from '../../train/config.js';
import { parseQueueUrl } from './queueUrl.js';
import { parseValue } from './values.js';

const MAX_SEEDS = 1000;

/** With which seeds to train, and where. */
export interface SeedsOptions {
  /** At least one. */
  readonly seeds: readonly number[];
  /** How many runs are to be trained at the same time. */
  readonly parallel: number | undefined;
  /** The URL of a queue, from which workers get the runs. */
  readonly queue: string | undefined;
}

/** Adds the flags that train several runs. */
export function addSeedsFlags(command: Command): void {
  command
    .addOption(
      new Option('--seeds <A..B>', 'train one run for each seed from A to B')
        .argParser(parseSeeds)
        .conflicts(['seed', 'folds']),
    )
    .option(
      '--parallel <N>',
      'how many of several runs are trained at the same time, each by another process (default: one per core if there are more than two, and enough memory); the results are the same',
      (word) => parseValue(positiveInteger, word, '--parallel'),
    )
    .addOption(
      new Option(
        '--queue <URL>',
        'have the runs trained by workers (inkling worker) through Redis or Valkey at redis://host:port; see docs/sweeps.md',
      )
        .argParser(parseQueueUrl)
        .conflicts('parallel'),
    );
}

/** The values of the flags; without `--seeds`, the only seed is that of the configuration. */
export function seedsFrom(command: Command, { seed }: Config): SeedsOptions {
  const { seeds = [seed], parallel, queue } = command.opts<Partial<SeedsOptions>>();
  return { seeds, parallel, queue };
}

function parseSeeds(word: string): number[] {
  const [first, last] = (/^(\d{1,15})\.\.(\d{1,15})$/.exec(word) ?? []).slice(1).map(Number);
  const count = last - first + 1;
  if (!(count >= 1 && count <= MAX_SEEDS)) {
    throw new UsageError(`--seeds: expected a range of 1 to ${MAX_SEEDS} seeds such as 0..4, got "${word}"`);
  }
  return Array.from({ length: count }, (_, offset) => first + offset);
}
