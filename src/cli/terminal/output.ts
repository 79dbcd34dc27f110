import { columnsOf, type Io, isLive, type Stream } from '../io.js';
import { type Paint, paintFor } from './style.js';
import { type Alignment, formatTable, frame, type Rows } from './tables.js';

/** How much a command says. */
export interface OutputOptions {
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** A frame wider than this is hard to read. */
const WIDEST_FRAME = 100;

/** What a command says to its reader, or, with `--json`, to a program. */
export class Output {
  readonly stream: Stream;
  readonly paint: Paint;
  /** Whether there is a terminal on which a line can be redrawn. */
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

  /** Says a line that can be left out. */
  line(text = ''): void {
    if (this.#mode === 'full') this.stream.write(`${text}\n`);
  }

  lines(texts: readonly string[]): void {
    for (const text of texts) this.line(text);
  }

  heading(text: string): void {
    this.line(this.paint('bold', text));
  }

  /** Says a table whose first row is its header. */
  table(rows: Rows, alignments: readonly Alignment[]): void {
    const [header, ...body] = formatTable(rows, alignments);
    this.line(this.paint('dim', header));
    this.lines(body);
  }

  /** Says the line that `--quiet` leaves. */
  conclusion(text: string): void {
    if (this.#mode !== 'json') this.stream.write(`${text}\n`);
  }

  /** Says what a program can read; that alone is on standard output then. */
  result(value: object): void {
    if (this.#mode === 'json') this.stream.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** Says, in a frame and on standard error, what nobody must miss. */
  notice(title: string, text: string): void {
    const { stderr, environment } = this.#io;
    const paint = paintFor(stderr, environment);
    const width = Math.min(columnsOf(stderr), WIDEST_FRAME);
    for (const line of frame([title, '', text], width)) stderr.write(`${paint('yellow', line)}\n`);
  }
}
