import { Command, CommanderError } from 'commander';
import { InklingError, messageOf, UsageError } from '../core/errors.js';
import { VERSION } from '../core/version.js';
import { addExamples } from './arguments/flags.js';
import { namingError } from './arguments/namingError.js';
import { columnsOf, type Io } from './io.js';
import { printMessage } from './terminal/output.js';
import { hasColors, paintFor } from './terminal/style.js';

/** Adds a command to the program. */
type AddCommand = (program: Command, io: Io, commandLine: string) => void;

/** Every command, in the order of the help. Only the requested one is loaded: loading all of them takes 0.15 s longer. */
const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  reproduce: async () => (await import('./commands/reproduce.js')).addReproduce,
  train: async () => (await import('./commands/train.js')).addTrain,
  sweep: async () => (await import('./commands/sweep.js')).addSweep,
  worker: async () => (await import('./commands/worker.js')).addWorker,
  evaluate: async () => (await import('./commands/evaluate.js')).addEvaluate,
  predict: async () => (await import('./commands/predict.js')).addPredict,
  explain: async () => (await import('./commands/explain.js')).addExplain,
  compare: async () => (await import('./commands/compare.js')).addCompare,
  verify: async () => (await import('./commands/verify.js')).addVerify,
  report: async () => (await import('./commands/report.js')).addReport,
  export: async () => (await import('./commands/export.js')).addExport,
  import: async () => (await import('./commands/import.js')).addImport,
  serve: async () => (await import('./commands/serve.js')).addServe,
  lab: async () => (await import('./commands/lab.js')).addLab,
  summary: async () => (await import('./commands/summary.js')).addSummary,
  data: async () => (await import('./commands/data.js')).addData,
  runs: async () => (await import('./commands/runs.js')).addRuns,
  sweeps: async () => (await import('./commands/sweeps.js')).addSweeps,
  recipes: async () => (await import('./commands/recipes.js')).addRecipes,
  parity: async () => (await import('./commands/parity.js')).addParity,
};

/** The names of all commands. */
export const commandNames: readonly string[] = Object.keys(commands);

const DONE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;

/**
 * Runs a command line.
 *
 * @param argv the words after `inkling`
 * @returns the exit code: 0 for success, 1 for a failure, 2 for incorrect usage
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    await (await buildProgram(argv, io)).parseAsync(argv, { from: 'user' });
    return DONE;
  } catch (error) {
    if (error instanceof CommanderError && isAnswered(error))
      return error.exitCode === 0 ? DONE : WRONG_USAGE;
    printMessage(io, describe(error, io).split('\n'), 'red');
    return error instanceof UsageError || error instanceof CommanderError ? WRONG_USAGE : FAILED;
  }
}

async function buildProgram(argv: readonly string[], io: Io): Promise<Command> {
  const commandLine = ['inkling', ...argv.map(quote)].join(' ');
  const program = new Command('inkling')
    .description('Train, evaluate, and use image classifiers without native dependencies.')
    .version(VERSION)
    .configureHelp({ styleTitle: (title) => paintFor(io.stdout, io.environment)('bold', title) })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      // `run` prints errors, in one line.
      outputError: () => undefined,
      getOutHelpWidth: () => columnsOf(io.stdout),
      getErrHelpWidth: () => columnsOf(io.stderr),
      getOutHasColors: () => hasColors(io.stdout, io.environment),
      getErrHasColors: () => hasColors(io.stderr, io.environment),
    });
  for (const add of await Promise.all(commandsFor(argv).map((name) => commands[name]()))) {
    add(program, io, commandLine);
  }
  const subcommands = program.commands.flatMap((command) => command.commands);
  for (const command of [program, ...program.commands, ...subcommands]) {
    command.exitOverride((error) => {
      throw namingError(error, command, commandNames) ?? error;
    });
  }
  addExamples(program, [
    ['inkling reproduce', 'reproduce the report on MNIST'],
    ['inkling train --help', 'show the options of a command'],
  ]);
  return program;
}

/** The commands to load: the first word, or all of them for the help and for suggestions. */
function commandsFor([first]: readonly string[]): readonly string[] {
  return Object.hasOwn(commands, first) ? [first] : commandNames;
}

/** Whether commander has already printed the answer: the help or the version. */
function isAnswered({ code }: CommanderError): boolean {
  return ['commander.help', 'commander.helpDisplayed', 'commander.version'].includes(code);
}

/** Describes an error in one line. */
function describe(error: unknown, { environment }: Io): string {
  if (error instanceof CommanderError) {
    return `${oneLine(error.message.replace(/^error: |\.$/g, ''))}; see --help`;
  }
  if ((environment.INKLING_DEBUG ?? '') !== '' && error instanceof Error) return error.stack ?? error.message;
  if (error instanceof InklingError) return oneLine(error.message);
  return `unexpected error: ${oneLine(messageOf(error))}; set INKLING_DEBUG=1 to print a stack trace`;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}

/** Quotes a word for a shell. */
function quote(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
