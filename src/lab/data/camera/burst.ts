import type { ExampleKind } from '../collection.js';
import { exampleOf } from '../readExamples.js';

/** Ten pictures per second differ enough to be examples of their own. */
const INTERVAL_MS = 100;

/** Takes pictures of a video, one after another and at least one, until it is finished. */
export class Burst {
  readonly #images: Uint8Array[] = [];
  readonly #recording: Promise<void>;
  #isFinished = false;

  /** @param onPicture receives the number of pictures so far */
  constructor(video: HTMLVideoElement, kind: ExampleKind, onPicture: (count: number) => void) {
    this.#recording = this.#record(video, kind, onPicture);
    // What fails is reported at the end.
    this.#recording.catch(() => undefined);
  }

  /**
   * The pictures, prepared for the network.
   *
   * @throws {Error} when the video cannot be read
   */
  async finish(): Promise<readonly Uint8Array[]> {
    this.#isFinished = true;
    await this.#recording;
    return this.#images;
  }

  async #record(
    video: HTMLVideoElement,
    kind: ExampleKind,
    onPicture: (count: number) => void,
  ): Promise<void> {
    do {
      const next = new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
      onPicture(this.#images.push(await exampleOf(video, kind)));
      await next;
    } while (!this.#isFinished);
  }
}
