import { clearScreenDown } from 'node:readline';
import { SingleBar } from 'cli-progress';
import { visible } from '../../core/untrusted.js';
import { columnsOf, type Stream } from '../io.js';

/** The content of a progress bar. */
export interface BarState {
  readonly label: string;
  /** The completed fraction, from 0 to 1; undefined if the total is unknown. */
  readonly fraction: number | undefined;
  readonly details: string;
}

const MAX_BAR_WIDTH = 30;

/** A progress bar on the last line of a terminal. */
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
        // Some terminals wrap a line that fills all columns.
        format: (_options, _state, payload: BarState) => formatBar(payload, columnsOf(this.#stream) - 1),
        clearOnComplete: true,
        linewrap: true,
      });
      this.#bar.start(1, 0, state);
    }
    this.#bar.update(state.fraction ?? 0, state);
  }

  /** Removes the bar, so that text can follow. */
  clear(): void {
    if (this.#bar === undefined) return;
    this.#bar.stop();
    this.#bar = undefined;
    // The `^C` that a terminal prints may have moved the bar to another line.
    clearScreenDown(this.#stream);
  }
}

/** @param width the maximum number of characters */
export function formatBar(state: BarState, width: number): string {
  const { fraction } = state;
  const [label, details] = [visible(state.label), visible(state.details)];
  if (fraction === undefined) return `${label}  ${details}`.slice(0, width);
  const percent = `${Math.floor(fraction * 100)} %`.padStart(5);
  const room = Math.min(MAX_BAR_WIDTH, width - label.length - details.length - percent.length - 5);
  if (room < 1) return `${label} ${percent}  ${details}`.slice(0, width);
  const done = Math.round(fraction * room);
  return `${label}  ${'█'.repeat(done)}${'░'.repeat(room - done)} ${percent}  ${details}`;
}
