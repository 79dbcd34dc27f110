import { kindOf } from '../platform/files.js';
import { type LoggedEvent, readEvents } from '../runs/eventLog.js';

/** Interval at which the event log of a run is read. */
const POLL_MS = 500;
/** How much of it is read before other requests get a turn: some milliseconds of work. */
const MAX_READ_BYTES = 65_536;

/** An event in the format of server-sent events; all clients share its bytes. */
export interface EncodedEvent {
  /** The number of the event in the log, from 1. */
  readonly id: number;
  readonly bytes: Buffer;
}

/**
 * The events of a run, read and encoded once for all clients. Of those that report progress, only the latest is kept: nobody needs the
 * others, and what is kept for slow clients does not grow.
 */
export class EventFeed {
  readonly #folder: string;
  readonly #onChange: () => void;
  readonly #events: EncodedEvent[] = [];
  #progress: EncodedEvent | undefined;
  #count = 0;
  #offset = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Whether the log has been read to its end, so that the latest progress is known. */
  #isCurrent = false;
  #isEnded = false;

  /** @param onChange called when there are new events, or there will be none */
  constructor(folder: string, onChange: () => void) {
    this.#folder = folder;
    this.#onChange = onChange;
    this.#poll();
  }

  /** Whether there will be no further events: the run has ended, or its folder was deleted. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** The first event after the one with a number; undefined if there is none yet. */
  next(id: number): EncodedEvent | undefined {
    // Most clients wait for the last event.
    let index = this.#events.length;
    while (index > 0 && this.#events[index - 1].id > id) index -= 1;
    const event = this.#events.at(index);
    const latest = this.#isCurrent ? this.#progress : undefined;
    const progress = latest !== undefined && latest.id > id ? latest : undefined;
    if (index === this.#events.length || event === undefined) return progress;
    return progress !== undefined && progress.id < event.id ? progress : event;
  }

  /** Stops reading. */
  close(): void {
    clearTimeout(this.#timer);
    this.#isEnded = true;
  }

  #poll(): void {
    const hasMore = this.#read();
    this.#isCurrent = !hasMore || this.#isEnded;
    this.#onChange();
    if (this.#isEnded) return;
    this.#timer = setTimeout(
      () => {
        this.#poll();
      },
      hasMore ? 0 : POLL_MS,
    );
  }

  /** Reads a part of the log, and returns whether there may be more. */
  #read(): boolean {
    try {
      if (kindOf(this.#folder) !== 'folder') throw new Error('deleted');
      const { events, end } = readEvents(this.#folder, this.#offset, MAX_READ_BYTES);
      const hasMore = end - this.#offset > MAX_READ_BYTES / 2;
      this.#offset = end;
      for (const event of events) this.#add(event);
      return hasMore;
    } catch {
      // Clients connect again, and are told what is wrong.
      this.#isEnded = true;
      return false;
    }
  }

  #add(event: LoggedEvent): void {
    if (this.#isEnded) return;
    this.#count += 1;
    const text = `event: ${event.type}\nid: ${this.#count}\ndata: ${JSON.stringify(event)}\n\n`;
    const encoded = { id: this.#count, bytes: Buffer.from(text) };
    if (event.type === 'progress') this.#progress = encoded;
    else this.#events.push(encoded);
    if (event.type === 'finished') this.#isEnded = true;
  }
}
