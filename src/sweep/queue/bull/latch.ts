/** A promise that is settled from outside. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

export function defer<T>(): Deferred<T> {
  let resolve: Deferred<T>['resolve'] | undefined;
  let reject: Deferred<T>['reject'] | undefined;
  const promise = new Promise<T>((...settle) => ([resolve, reject] = settle));
  if (resolve === undefined || reject === undefined) throw new Error('a promise was not started');
  return { promise, resolve, reject };
}

/** Lets a loop wait for the next event, without missing one that comes while it does something else. */
export class Latch {
  #next = defer<undefined>();

  /** An event has happened. */
  readonly set = (): void => {
    this.#next.resolve(undefined);
  };

  /** Resolves when there was an event since the last wait, or after some time in milliseconds. */
  async wait(maxMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise((resolve) => (timer = setTimeout(resolve, maxMs)));
    await Promise.race([this.#next.promise, timeout]);
    clearTimeout(timer);
    this.#next = defer();
  }
}
