import { Command, CommanderError } from 'commander';
import { InklingError, messageOf, UsageError } from '../core/errors.js';
import { VERSION } from '../core/version.js';
import { addCompare } from './commands/compare.js';
import { addData } from './commands/data.js';
import { addEvaluate } from './commands/evaluate.js';
import { addExport } from './commands/export.js';
import { addImport } from './commands/import.js';
import { addParity } from './commands/parity.js';
import { addPredict } from './commands/predict.js';
import { addRecipes } from './commands/recipes.js';
import { addReport } from './commands/report.js';
import { addReproduce } from './commands/reproduce.js';
import { addRuns } from './commands/runs.js';
import { addServe } from './commands/serve.js';
import { addSummary } from './commands/summary.js';
import { addTrain } from './commands/train.js';
import { addExamples } from './flags.js';
import { columnsOf, type Io } from './io.js';
import { hasColors, paintFor } from './style.js';

const DONE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;

/**
 * Does what a command line asks for.
 *
 * @param argv the words behind `inkling`
 * @returns the exit code: 0 done, 1 failed or interrupted, 2 wrong usage
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    await buildProgram(argv, io).parseAsync(argv, { from: 'user' });
    return DONE;
  } catch (error) {
    if (error instanceof CommanderError && isAnswered(error))
      return error.exitCode === 0 ? DONE : WRONG_USAGE;
    const prefix = paintFor(io.stderr, io.environment)('red', 'inkling:');
    io.stderr.write(`${prefix} ${describe(error, io)}\n`);
    return error instanceof UsageError || error instanceof CommanderError ? WRONG_USAGE : FAILED;
  }
}

function buildProgram(argv: readonly string[], io: Io): Command {
  const commandLine = ['inkling', ...argv.map(quote)].join(' ');
  const program = new Command('inkling')
    .description('Train image classifiers with nothing native to install, and reproduce a report on MNIST.')
    .version(VERSION)
    .exitOverride()
    .configureHelp({ styleTitle: (title) => paintFor(io.stdout, io.environment)('bold', title) })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      // `run` says what went wrong, in one line.
      outputError: () => undefined,
      getOutHelpWidth: () => columnsOf(io.stdout),
      getErrHelpWidth: () => columnsOf(io.stderr),
      getOutHasColors: () => hasColors(io.stdout, io.environment),
      getErrHasColors: () => hasColors(io.stderr, io.environment),
    });
  addReproduce(program, io, commandLine);
  addTrain(program, io, commandLine);
  addEvaluate(program, io);
  addPredict(program, io);
  addCompare(program, io);
  addReport(program, io);
  addExport(program, io);
  addImport(program, io, commandLine);
  addServe(program, io);
  addSummary(program, io);
  addData(program, io);
  addRuns(program, io);
  addRecipes(program, io);
  addParity(program, io);
  addExamples(program, [
    ['inkling reproduce', 'the whole report: data, training, test'],
    ['inkling train --help', "a command's flags and examples"],
  ]);
  return program;
}

/** Whether commander has printed all there is to say: help, or the version. */
function isAnswered({ code }: CommanderError): boolean {
  return ['commander.help', 'commander.helpDisplayed', 'commander.version'].includes(code);
}

/** An error in one line. */
function describe(error: unknown, { environment }: Io): string {
  if (error instanceof CommanderError) {
    return `${oneLine(error.message.replace(/^error: |\.$/g, ''))}; --help shows what there is`;
  }
  if ((environment.INKLING_DEBUG ?? '') !== '' && error instanceof Error) return error.stack ?? error.message;
  if (error instanceof InklingError) return oneLine(error.message);
  return `unexpected error: ${oneLine(messageOf(error))}; INKLING_DEBUG=1 shows where`;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}

/** A word as a shell would take it. */
function quote(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
