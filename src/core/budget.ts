interface Waiting {
  readonly amount: number;
  readonly start: () => void;
}

/** Lets tasks that need much of something, such as memory, wait until those that are running leave enough of it. */
export class Budget {
  #free: number;
  readonly #waiting: Waiting[] = [];

  /** @param total of all tasks that run at the same time; a task may not need more */
  constructor(total: number) {
    this.#free = total;
  }

  /** Runs a task when there is enough for it, and for all that wait since before. */
  async run<T>(amount: number, task: () => Promise<T>): Promise<T> {
    await new Promise<void>((start) => {
      this.#waiting.push({ amount, start });
      this.#startNext();
    });
    try {
      return await task();
    } finally {
      this.#free += amount;
      this.#startNext();
    }
  }

  #startNext(): void {
    for (;;) {
      const next = this.#waiting.at(0);
      if (next === undefined || next.amount > this.#free) return;
      this.#waiting.shift();
      this.#free -= next.amount;
      next.start();
    }
  }
}
