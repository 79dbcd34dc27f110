import { fileBytes } from '../../platform/files.js';
import { isConducted, journalFile } from '../../sweep/sweepFolder.js';
import type { EncodedEvent } from '../eventFeed.js';
import type { Feed } from '../eventStreams.js';

/** Interval at which a sweep is looked at. */
const POLL_MS = 1000;

/**
 * The changes of a sweep. The number of an event is the size of the journal, which only grows, so that it stays valid when the server is
 * started again.
 */
export class SweepFeed implements Feed {
  readonly #folder: string;
  readonly #onChange: () => void;
  #bytes = 0;
  #isEnded = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param onChange called when the sweep has changed, or is not conducted any more */
  constructor(folder: string, onChange: () => void) {
    this.#folder = folder;
    this.#onChange = onChange;
    this.#poll();
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  next(id: number): EncodedEvent | undefined {
    const last = this.#isEnded ? this.#bytes + 1 : this.#bytes;
    if (id >= last) return undefined;
    const name = this.#isEnded ? 'finished' : 'changed';
    return { id: last, bytes: Buffer.from(`event: ${name}\nid: ${last}\ndata:\n\n`) };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#isEnded = true;
  }

  #poll(): void {
    try {
      // What is appended before the lock is released is part of the last event.
      this.#isEnded = !isConducted(this.#folder);
      this.#bytes = fileBytes(journalFile(this.#folder));
    } catch {
      // Clients connect again, and are told what is wrong.
      this.#isEnded = true;
    }
    this.#onChange();
    if (this.#isEnded) return;
    this.#timer = setTimeout(() => {
      this.#poll();
    }, POLL_MS);
  }
}
