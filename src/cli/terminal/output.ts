import { visible, visibleJson } from '../../core/untrusted.js';
import { withFlags } from '../arguments/flagNames.js';
import { columnsOf, type Io, isLive, type Stream } from '../io.js';
import { type Format, paintFor } from './style.js';
import { type Alignment, formatTable, frame, type Rows } from './tables.js';

/** The verbosity of a command. */
export interface OutputOptions {
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** Wider frames are hard to read. */
const MAX_FRAME_WIDTH = 100;

/** Text of a line, with a style if the terminal supports it. */
export type Span = string | { readonly text: string; readonly format: Format };

/**
 * Prints the output of a command: text for people or, with `--json`, a value for programs. All text is escaped here, since it may
 * contain names of files and classes that act on a terminal, and options in it are named by their flags.
 */
export class Output {
  readonly stream: Stream;
  /** Whether the output is a terminal that can redraw a line. */
  readonly live: boolean;
  readonly #io: Io;
  readonly #mode: 'full' | 'quiet' | 'json';

  constructor(io: Io, { json = false, quiet = false }: OutputOptions = {}) {
    this.#io = io;
    this.#mode = json ? 'json' : quiet ? 'quiet' : 'full';
    this.stream = io.stdout;
    this.live = this.#mode === 'full' && isLive(io.stdout, io.environment);
  }

  /** Prints a line, unless only the result is wanted. */
  line(...spans: readonly Span[]): void {
    if (this.#mode === 'full') writeLine(this.stream, this.#io, spans);
  }

  lines(texts: readonly string[]): void {
    for (const text of texts) this.line(text);
  }

  heading(text: string): void {
    this.line({ text, format: 'bold' });
  }

  /** Prints a table whose first row is its header. */
  table(rows: Rows, alignments: readonly Alignment[]): void {
    const [header, ...body] = formatTable(rows, alignments);
    this.line({ text: header, format: 'dim' });
    this.lines(body);
  }

  /** Prints a line of the result, which `--quiet` prints as well. */
  conclusion(text: string): void {
    if (this.#mode !== 'json') writeLine(this.stream, this.#io, [text]);
  }

  /** With `--json`, prints the result, which is then the only text on standard output. */
  result(value: object): void {
    if (this.#mode === 'json') this.stream.write(`${withFlags(visibleJson(value))}\n`);
  }

  /** Prints a conspicuous notice to standard error. */
  notice(title: string, text: string): void {
    const { stderr } = this.#io;
    const width = Math.min(columnsOf(stderr), MAX_FRAME_WIDTH);
    for (const line of frame([title, '', visible(withFlags(text))], width)) {
      writeLine(stderr, this.#io, [{ text: line, format: 'yellow' }]);
    }
  }

  /** Prints a line about the work itself to standard error, such as about a file that is skipped. */
  message(text: string): void {
    printMessage(this.#io, [text]);
  }
}

/** Prints a line to standard error, after the name of the program. */
export function printMessage(io: Io, lines: readonly string[], format?: Format): void {
  const [first, ...others] = lines;
  const name = 'inkling:';
  writeLine(io.stderr, io, [format === undefined ? name : { text: name, format }, ` ${first}`]);
  for (const line of others) writeLine(io.stderr, io, [line]);
}

function writeLine(stream: Stream, { environment }: Io, spans: readonly Span[]): void {
  const paint = paintFor(stream, environment);
  const texts = spans.map((span) =>
    typeof span === 'string' ? visible(withFlags(span)) : paint(span.format, visible(withFlags(span.text))),
  );
  stream.write(`${texts.join('')}\n`);
}
