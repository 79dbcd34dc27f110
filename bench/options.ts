import { parseArgs } from 'node:util';
import { messageOf, UsageError } from '#inkling/core/errors.js';
import { didYouMean } from '#inkling/core/suggest.js';
import type { Effort } from './measure.js';

export const parts = ['training', 'inference', 'scaling', 'kernels', 'startup'] as const;
export type Part = (typeof parts)[number];

export interface Options {
  readonly parts: ReadonlySet<Part>;
  readonly isQuick: boolean;
  readonly effort: Effort;
  /** Where the results go. */
  readonly json: string | undefined;
}

export const USAGE = `Usage: npm run bench -- [--quick] [--only PART,...] [--json FILE]

  --quick        under two minutes: fewer jobs, fewer and shorter rounds; not for quoting
  --only PARTS   some of ${parts.join(', ')}
  --json FILE    writes the results
  --help

INKLING_DATA_DIR names a folder with MNIST, for what is measured on real data; INKLING_BENCH_PYTHON a Python with PyTorch.`;

const FULL: Effort = { rounds: 7, roundSeconds: 1, warmupSeconds: 1 };
const QUICK: Effort = { rounds: 3, roundSeconds: 0.4, warmupSeconds: 0.4 };

/**
 * @param argv the words of the command line
 * @returns nothing when help was asked for
 * @throws {UsageError} for flags or parts that there are not
 */
export function parseOptions(argv: readonly string[]): Options | undefined {
  const { values } = parse(argv);
  if (values.help) return undefined;
  return {
    parts: new Set(values.only === undefined ? parts : values.only.split(',').map(parsePart)),
    isQuick: values.quick,
    effort: values.quick ? QUICK : FULL,
    json: values.json,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string' },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`bench: ${messageOf(error)}; --help shows what there is`);
  }
}

function parsePart(word: string): Part {
  const part = parts.find((known) => known === word);
  if (part !== undefined) return part;
  throw new UsageError(
    `bench: no part is called "${word}".${didYouMean(word, parts)} Parts: ${parts.join(', ')}`,
  );
}
