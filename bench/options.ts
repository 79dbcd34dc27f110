import { parseArgs } from 'node:util';
import { messageOf, UsageError } from '#inkling/core/errors.js';
import { unknownName } from '#inkling/core/suggest.js';
import type { Effort } from './measure.js';
import { networkNames } from './networks/suites.js';

export const parts = ['training', 'inference', 'networks', 'scaling', 'kernels', 'startup', 'gpu'] as const;
export type Part = (typeof parts)[number];

export interface Options {
  readonly parts: ReadonlySet<Part>;
  /** The networks to compare in the parts `networks` and `gpu`. */
  readonly networks: ReadonlySet<string>;
  readonly isQuick: boolean;
  readonly effort: Effort;
  /** The file that the results are written to. */
  readonly json: string | undefined;
}

export const USAGE = `Usage: npm run bench -- [--quick] [--only PART,...] [--networks NAME,...] [--json FILE]

  --quick           fewer jobs, fewer and shorter rounds; do not publish these results
  --only PARTS      measure only these parts, separated by commas:
                    ${parts.join(', ')}
  --networks NAMES  in the parts "networks" and "gpu", compare only these:
                    ${networkNames.join(', ')}
  --json FILE       write the results to a JSON file
  --help            show this help

Environment variables:
  INKLING_DATA_DIR      a folder that contains MNIST, to time "inkling train" on it
  INKLING_BENCH_PYTHON  a Python interpreter that has PyTorch`;

const FULL: Effort = { rounds: 7, roundSeconds: 1, warmupSeconds: 1, slowWarmupSeconds: 5 };
const QUICK: Effort = { rounds: 3, roundSeconds: 0.4, warmupSeconds: 0.4, slowWarmupSeconds: 2 };

/**
 * @param argv the command-line arguments
 * @returns `undefined` if help was requested
 * @throws {UsageError} for unknown options or parts
 */
export function parseOptions(argv: readonly string[]): Options | undefined {
  const { values } = parse(argv);
  if (values.help) return undefined;
  return {
    parts: new Set(parseNames('only', 'part', values.only, parts)),
    networks: new Set(parseNames('networks', 'network', values.networks, networkNames)),
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
        networks: { type: 'string' },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`bench: ${messageOf(error)}; see --help`);
  }
}

/** The names in a list that is separated by commas; all names if there is no list. */
function parseNames<Name extends string>(
  option: string,
  what: string,
  list: string | undefined,
  names: readonly Name[],
): readonly Name[] {
  return (
    list?.split(',').map((word) => {
      const name = names.find((known) => known === word);
      if (name !== undefined) return name;
      throw new UsageError(`bench: --${option}: ${unknownName(what, word, names)}`);
    }) ?? names
  );
}
