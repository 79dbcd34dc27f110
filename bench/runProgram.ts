import { InklingError, UsageError } from '#inkling/core/errors.js';

/**
 * Runs a program of the command line with its options, or prints how to use it. An error that its user can act on becomes a message
 * and an exit status: 2 for wrong usage, otherwise 1.
 *
 * @param parse returns undefined if help was requested
 */
export async function runProgram<Options>(
  parse: (argv: readonly string[]) => Options | undefined,
  usage: string,
  main: (options: Options) => Promise<void>,
): Promise<void> {
  try {
    const options = parse(process.argv.slice(2));
    if (options === undefined) console.log(usage);
    else await main(options);
  } catch (error) {
    if (!(error instanceof InklingError)) throw error;
    console.error(error.message);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
