import { type Command, Option } from 'commander';
import { positiveInteger } from '../../core/validate.js';
import {
  DEFAULT_PRUNER,
  DEFAULT_SAMPLER,
  prunerNames,
  type PrunerName,
  samplerNames,
  type SamplerName,
} from '../../sweep/strategies.js';
import { choiceOption } from './flags.js';
import { parseQueueUrl } from './queueUrl.js';
import { parseValue } from './values.js';

/** The values of the flags of `inkling sweep`, beside settings. */
export interface SweepFlags {
  readonly trials?: number | undefined;
  readonly parallel?: number | undefined;
  readonly seeds?: number;
  readonly sampler: SamplerName;
  readonly pruner: PrunerName;
  readonly resume?: string;
  readonly study?: string;
  readonly queue?: string;
  readonly report?: boolean | undefined;
  readonly runDir: string;
}

/** Adds the flags of `inkling sweep`, beside settings. */
export function addSweepFlags(command: Command): void {
  command
    .option('--trials <N>', 'number of trials (default: 50, or all combinations of a grid)', (word) =>
      parseValue(positiveInteger, word, '--trials'),
    )
    .option(
      '--parallel <N>',
      'number of trials that are trained at the same time, each by another process (default: one per core, if there are enough trials and memory); with 1, a repetition has the same trials',
      (word) => parseValue(positiveInteger, word, '--parallel'),
    )
    .option(
      '--seeds <N>',
      'at the end, train the 5 best trials with N other seeds, at least 2, and select the one with the best mean (default: 1, the best trial)',
      (word) => parseValue(positiveInteger, word, '--seeds'),
    )
    .addOption(
      choiceOption(
        '--sampler <NAME>',
        `what suggests settings: ${samplerNames.join(', ')}`,
        samplerNames,
      ).default(DEFAULT_SAMPLER),
    )
    .addOption(
      choiceOption(
        '--pruner <NAME>',
        `what ends trials early: ${prunerNames.join(', ')}`,
        prunerNames,
      ).default(DEFAULT_PRUNER),
    )
    .addOption(
      new Option('--resume <SWEEP>', 'continue a sweep; --trials can be changed').conflicts([
        'sampler',
        'pruner',
        'recipe',
        'config',
      ]),
    )
    .addOption(
      new Option(
        '--study <FILE>',
        'begin with the trials of a study of Optuna, in the file of its JournalStorage; they count in --trials (default: 50 more)',
      ).conflicts('resume'),
    )
    .addOption(
      new Option(
        '--queue <URL>',
        'have the trials trained by workers (inkling worker) through Redis or Valkey at redis://host:port; see docs/sweeps.md',
      )
        .argParser(parseQueueUrl)
        .conflicts('parallel'),
    )
    .option('--report', 'at the end, create the report of the sweep, as inkling report does');
}
