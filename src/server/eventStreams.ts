import { Readable } from 'node:stream';
import type { EncodedEvent } from './eventFeed.js';
import { MAX_EVENT_STREAMS } from './limits.js';

/** Interval at which a comment is sent when there are no events, so that proxies keep the connection open. */
const HEARTBEAT_MS = 15_000;

/** What a stream sends. */
export interface Feed {
  /** Whether there will be no further events. */
  readonly isEnded: boolean;
  /** The first event after the one with a number; undefined if there is none yet. */
  readonly next: (id: number) => EncodedEvent | undefined;
  readonly close: () => void;
}

/** Creates the feed of a folder, which calls `onChange` when there are new events, or there will be none. */
export type OpenFeed = (folder: string, onChange: () => void) => Feed;

/** The open event streams of all runs, or of all sweeps. */
export class EventStreams {
  readonly #openFeed: OpenFeed;
  readonly #feeds = new Map<string, { readonly feed: Feed; readonly streams: Set<EventStream> }>();
  /** The oldest first. */
  readonly #open = new Map<EventStream, string>();

  constructor(openFeed: OpenFeed) {
    this.#openFeed = openFeed;
  }

  /**
   * Opens a stream of a run's events.
   *
   * @param client the address of the client
   * @param lastId the number of the last event that the client has received
   */
  open(folder: string, client: string, lastId: string | string[] | undefined): Readable {
    if (this.#open.size >= MAX_EVENT_STREAMS) this.#endOne();
    const { feed, streams } = this.#feedOf(folder);
    const id = Number(lastId);
    const stream = new EventStream(feed, Number.isSafeInteger(id) ? id : 0);
    streams.add(stream);
    this.#open.set(stream, client);
    stream.once('close', () => {
      this.#open.delete(stream);
      streams.delete(stream);
      if (streams.size > 0) return;
      feed.close();
      if (this.#feeds.get(folder)?.feed === feed) this.#feeds.delete(folder);
    });
    return stream;
  }

  /** Ends all streams. */
  close(): void {
    for (const stream of this.#open.keys()) stream.end();
  }

  #feedOf(folder: string) {
    const known = this.#feeds.get(folder);
    if (known?.feed.isEnded === false) return known;
    const streams = new Set<EventStream>();
    const feed = this.#openFeed(folder, () => {
      for (const stream of streams) stream.deliver();
    });
    const entry = { feed, streams };
    this.#feeds.set(folder, entry);
    return entry;
  }

  /** Ends the oldest stream of the address with the most. */
  #endOne(): void {
    const counts = new Map<string, number>();
    for (const client of this.#open.values()) counts.set(client, (counts.get(client) ?? 0) + 1);
    const most = Math.max(...counts.values());
    const oldest = [...this.#open].find(([, client]) => counts.get(client) === most);
    oldest?.[0].destroy();
  }
}

/** Sends events as fast as the client reads them: what it has not read yet stays in the feed. */
class EventStream extends Readable {
  readonly #feed: Feed;
  readonly #heartbeat: NodeJS.Timeout;
  #lastId: number;
  #isWanted = false;
  #isEnding = false;

  constructor(feed: Feed, lastId: number) {
    super();
    this.#feed = feed;
    this.#lastId = lastId;
    // Sends the headers.
    this.push(': connected\n\n');
    this.#heartbeat = setInterval(() => {
      if (this.#isWanted) this.#send(': heartbeat\n\n');
    }, HEARTBEAT_MS);
  }

  override _read(): void {
    this.#isWanted = true;
    this.deliver();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    clearInterval(this.#heartbeat);
    callback(error);
  }

  /** Sends the next event if the client has read the previous ones. */
  deliver(): void {
    if (!this.#isWanted) return;
    const event = this.#feed.next(this.#lastId);
    if (event === undefined || this.#isEnding) {
      if (!this.#feed.isEnded && !this.#isEnding) return;
      // Nothing may follow the end, not even a heartbeat.
      this.#isWanted = false;
      this.push(null);
      return;
    }
    this.#lastId = event.id;
    this.#heartbeat.refresh();
    this.#send(event.bytes);
  }

  /** Ends the stream after what was sent. */
  end(): void {
    this.#isEnding = true;
    this.deliver();
  }

  #send(chunk: string | Buffer): void {
    this.#isWanted = false;
    this.push(chunk);
  }
}
