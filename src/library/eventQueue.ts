import type { TrainingEvent } from '../train/events.js';

/**
 * The events of a training for a consumer that may be slower than it: all epochs, but of progress that was not read yet only the
 * latest, so that the queue stays short.
 */
export class EventQueue implements AsyncIterable<TrainingEvent> {
  readonly #events: TrainingEvent[] = [];
  #isEnded = false;
  #wake: () => void = () => undefined;

  add(event: TrainingEvent): void {
    if (this.#events.length > 0 && this.#events.at(-1)?.type !== 'epoch') this.#events.pop();
    this.#events.push(event);
    this.#wake();
  }

  /** No further events follow. */
  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TrainingEvent, void> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) yield event;
      else if (this.#isEnded) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}
