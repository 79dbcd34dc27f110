import { columnsOf, type Io, isLive, type Stream } from '../io.js';
import { type Paint, paintFor } from './style.js';
import { type Alignment, formatTable, frame, type Rows } from './tables.js';

/** The verbosity of a command. */
export interface OutputOptions {
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** Wider frames are hard to read. */
const MAX_FRAME_WIDTH = 100;

/** Prints the output of a command: text for people or, with `--json`, a value for programs. */
export class Output {
  readonly stream: Stream;
  readonly paint: Paint;
  /** Whether the output is a terminal that can redraw a line. */
  readonly live: boolean;
  readonly #io: Io;
  readonly #mode: 'full' | 'quiet' | 'json';

  constructor(io: Io, { json = false, quiet = false }: OutputOptions = {}) {
    this.#io = io;
    this.#mode = json ? 'json' : quiet ? 'quiet' : 'full';
    this.stream = io.stdout;
    this.paint = paintFor(io.stdout, io.environment);
    this.live = this.#mode === 'full' && isLive(io.stdout, io.environment);
  }

  /** Prints a line, unless only the result is wanted. */
  line(text = ''): void {
    if (this.#mode === 'full') this.stream.write(`${text}\n`);
  }

  lines(texts: readonly string[]): void {
    for (const text of texts) this.line(text);
  }

  heading(text: string): void {
    this.line(this.paint('bold', text));
  }

  /** Prints a table whose first row is its header. */
  table(rows: Rows, alignments: readonly Alignment[]): void {
    const [header, ...body] = formatTable(rows, alignments);
    this.line(this.paint('dim', header));
    this.lines(body);
  }

  /** Prints a line of the result, which `--quiet` prints as well. */
  conclusion(text: string): void {
    if (this.#mode !== 'json') this.stream.write(`${text}\n`);
  }

  /** With `--json`, prints the result, which is then the only text on standard output. */
  result(value: object): void {
    if (this.#mode === 'json') this.stream.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** Prints a conspicuous notice to standard error. */
  notice(title: string, text: string): void {
    const { stderr, environment } = this.#io;
    const paint = paintFor(stderr, environment);
    const width = Math.min(columnsOf(stderr), MAX_FRAME_WIDTH);
    for (const line of frame([title, '', text], width)) stderr.write(`${paint('yellow', line)}\n`);
  }
}
