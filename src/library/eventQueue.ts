import type { TrainingEvent } from '../train/events.js';

/**
 * The events of a training for any number of consumers, which may be slower than it. Each gets all epochs and notices, also those from
 * before it began to read, but of progress that it has not read yet only the latest.
 */
export class EventQueue implements AsyncIterable<TrainingEvent> {
  readonly #events: TrainingEvent[] = [];
  #isEnded = false;
  #waiting: (() => void)[] = [];

  add(event: TrainingEvent): void {
    const last = this.#events.at(-1);
    if (last !== undefined && isProgress(last)) this.#events.pop();
    this.#events.push(event);
    this.#wake();
  }

  /** No further events follow. */
  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TrainingEvent, void> {
    let latest: TrainingEvent | undefined;
    for (let next = 0; ;) {
      const event = this.#events.at(next);
      if (event !== undefined && event !== latest) {
        latest = event;
        // The next event replaces progress.
        if (!isProgress(event)) next++;
        yield event;
      } else if (this.#isEnded) return;
      else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

function isProgress({ type }: TrainingEvent): boolean {
  return type === 'progress' || type === 'features';
}
