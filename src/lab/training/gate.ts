/** Holds a training between its steps, and lets single ones pass. */
export class Gate {
  #isClosed = false;
  /** Told once, when the training waits. */
  #onWait: (() => void) | undefined;
  /** Lets the training that waits pass, at most for so many steps. */
  #pass: ((steps: number | undefined) => void) | undefined;

  /** Called by the training before its next steps, for which it waits. */
  enter(): Promise<number | undefined> {
    if (!this.#isClosed) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#pass = resolve;
      this.#onWait?.();
      this.#onWait = undefined;
    });
  }

  /** @param onWait told when the training waits, which takes the steps that are under way */
  close(onWait: () => void): void {
    this.#isClosed = true;
    this.#onWait = onWait;
  }

  open(): void {
    this.#isClosed = false;
    this.#onWait = undefined;
    this.#release(undefined);
  }

  /** Lets one step pass, if the training waits. */
  step(): void {
    this.#release(1);
  }

  #release(steps: number | undefined): void {
    this.#pass?.(steps);
    this.#pass = undefined;
  }
}
