import { type Command, Option } from 'commander';
import { UsageError } from '../../core/errors.js';
import type { Config } from '../../train/config.js';

const MAX_SEEDS = 1000;

export function addSeedsFlag(command: Command): void {
  command.addOption(
    new Option('--seeds <A..B>', 'train one run for each seed from A to B')
      .argParser(parseSeeds)
      .conflicts('seed'),
  );
}

/** The seeds of `--seeds`, or the only one. */
export function seedsFrom(command: Command, { seed }: Config): readonly number[] {
  return command.opts<{ seeds?: readonly number[] }>().seeds ?? [seed];
}

function parseSeeds(word: string): number[] {
  const [first, last] = (/^(\d{1,15})\.\.(\d{1,15})$/.exec(word) ?? []).slice(1).map(Number);
  const count = last - first + 1;
  if (!(count >= 1 && count <= MAX_SEEDS)) {
    throw new UsageError(`--seeds: expected a range of 1 to ${MAX_SEEDS} seeds such as 0..4, got "${word}"`);
  }
  return Array.from({ length: count }, (_, offset) => first + offset);
}
