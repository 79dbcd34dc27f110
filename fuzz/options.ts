import { parseArgs } from 'node:util';
import { UsageError } from '#inkling/core/errors.js';
import { targetNames } from './targets/index.js';

export const USAGE = `Usage: npm run fuzz -- TARGET [--seconds N] [--seed S] [--record FILE]
       npm run fuzz -- TARGET --seed S --replay INDEX

Lets the code that reads data from outside read mutated inputs, and reports every hang,
excessive memory, untyped error, and damage that a checksum or a length could have caught.

TARGET     all, or one of ${targetNames.join(', ')}
--seconds  how long to fuzz each target (10)
--seed     selects the inputs (1); the same seed gives the same inputs
--replay   reads only the input with this number, and saves it
--record   adds the counts to a JSON file
`;

export interface Options {
  readonly targets: readonly string[];
  readonly seconds: number;
  readonly seed: number;
  readonly replay: number | undefined;
  readonly record: string | undefined;
}

/**
 * @returns undefined if help is requested
 * @throws {UsageError} when an option is not valid
 */
export function parseOptions(argv: readonly string[]): Options | undefined {
  if (argv.includes('--help')) return undefined;
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      replay: { type: 'string' },
      record: { type: 'string' },
    },
  });
  const [target] = positionals;
  if (positionals.length !== 1 || (target !== 'all' && !targetNames.includes(target))) {
    throw new UsageError(`expected one target, got "${positionals.join(' ')}"\n${USAGE}`);
  }
  return {
    targets: target === 'all' ? targetNames : [target],
    seconds: parseNumber('--seconds', values.seconds),
    seed: parseNumber('--seed', values.seed),
    replay: values.replay === undefined ? undefined : parseNumber('--replay', values.replay),
    record: values.record,
  };
}

function parseNumber(flag: string, text: string): number {
  const value = Number(text);
  if (text !== '' && value >= 0 && value < 2 ** 31) return value;
  throw new UsageError(`${flag}: expected a number from 0 to ${2 ** 31 - 1}, got "${text}"`);
}
