import { Writable } from 'node:stream';
import { run } from '#inkling/cli/program.js';
import type { Io, Stream } from '#inkling/cli/io.js';
import { loadDataset } from '#inkling/data/load.js';

/** A stream that records what is written to it. */
class Capture extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly columns = 80;

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

export function captureStream({ tty = false } = {}): Stream & { readonly text: string } {
  return new Capture(tty);
}

/** Replaces opening a page in the browser. */
export const open = (): Promise<void> => Promise.reject(new Error('nothing is opened in tests'));

/** Replaces the signals of the process. */
export function interruptibleBy(signal: AbortSignal): Io['interruptible'] {
  return (task) => task(signal);
}

/** The exit code and the output of a command line. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** About models that few images calibrated: nearly all data sets of tests are small. */
const CALIBRATION_NOTICE = /^inkling: the confidences and doubts are unreliable: .*\n/gm;

interface RunOptions extends Partial<Io> {
  readonly tty?: boolean;
  readonly signal?: AbortSignal;
}

/** Runs a command line in this process, and leaves out notices that there were few validation images. */
export async function inkling(argv: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const outcome = await inklingWithNotices(argv, options);
  return { ...outcome, stderr: outcome.stderr.replace(CALIBRATION_NOTICE, '') };
}

/** Runs a command line in this process. */
export async function inklingWithNotices(
  argv: readonly string[],
  { tty = false, signal = new AbortController().signal, ...overrides }: RunOptions = {},
): Promise<Outcome> {
  const [stdout, stderr] = [captureStream({ tty }), captureStream({ tty })];
  const code = await run(argv, {
    stdout,
    stderr,
    environment: {},
    interruptible: interruptibleBy(signal),
    open,
    loadDataset,
    ...overrides,
  });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** Any control character except the line feed. */
export const CONTROL_CHARACTER = /[^\P{Cc}\n]/u;
