import { clearScreenDown } from 'node:readline';
import { SingleBar } from 'cli-progress';
import { columnsOf, type Stream } from '../io.js';

/** What a live line shows: a label, how much is done, and details. */
export interface BarState {
  readonly label: string;
  /** From 0 to 1; undefined when nobody knows how much there is to do. */
  readonly fraction: number | undefined;
  readonly details: string;
}

const WIDEST_BAR = 30;

/** A line at the end of a terminal's text that is drawn anew as work goes on. */
export class LiveBar {
  readonly #stream: Stream;
  #bar: SingleBar | undefined;

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  show(state: BarState): void {
    if (this.#bar === undefined) {
      this.#bar = new SingleBar({
        stream: this.#stream,
        // One column stays free: some terminals wrap a line that fills them all.
        format: (_options, _state, payload: BarState) => formatBar(payload, columnsOf(this.#stream) - 1),
        clearOnComplete: true,
        linewrap: true,
      });
      this.#bar.start(1, 0, state);
    }
    this.#bar.update(state.fraction ?? 0, state);
  }

  /** Takes the line away, so that text can follow. */
  clear(): void {
    if (this.#bar === undefined) return;
    this.#bar.stop();
    this.#bar = undefined;
    // A Ctrl-C may have moved the bar to another line, with the old one left behind.
    clearScreenDown(this.#stream);
  }
}

/** @param width how many characters there is room for */
export function formatBar({ label, fraction, details }: BarState, width: number): string {
  if (fraction === undefined) return `${label}  ${details}`.slice(0, width);
  const percent = `${Math.floor(fraction * 100)} %`.padStart(5);
  const room = Math.min(WIDEST_BAR, width - label.length - details.length - percent.length - 5);
  if (room < 1) return `${label} ${percent}  ${details}`.slice(0, width);
  const done = Math.round(fraction * room);
  return `${label}  ${'█'.repeat(done)}${'░'.repeat(room - done)} ${percent}  ${details}`;
}
