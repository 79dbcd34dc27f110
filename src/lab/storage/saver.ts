/**
 * Calls what saves at most once in an interval, however often saving is requested, and never again before it has finished. What was
 * requested is always saved in the end.
 */
export class Saver {
  readonly #save: () => Promise<void>;
  readonly #intervalMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSaving = false;
  #isRequested = false;

  /** @param save does not reject */
  constructor(save: () => Promise<void>, intervalMs: number) {
    this.#save = save;
    this.#intervalMs = intervalMs;
  }

  /** Saves after the interval. */
  request(): void {
    this.#isRequested = true;
    if (this.#isSaving) return;
    this.#timer ??= setTimeout(() => {
      this.flush();
    }, this.#intervalMs);
  }

  /** Saves now what was requested. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#isSaving || !this.#isRequested) return;
    this.#isSaving = true;
    this.#isRequested = false;
    void this.#save().then(() => {
      this.#isSaving = false;
      if (this.#isRequested) this.request();
    });
  }
}
