interface Event {
  readonly time: number;
  /** Events at the same time happen in the order in which they were planned. */
  readonly order: number;
  readonly happen: () => void;
}

/** A clock that jumps from one planned event to the next: a binary heap. */
export class VirtualTime {
  /** In seconds. */
  now = 0;
  readonly #heap: Event[] = [];
  #planned = 0;

  /** Plans an event. */
  after(seconds: number, happen: () => void): void {
    const heap = this.#heap;
    const event = { time: this.now + seconds, order: this.#planned++, happen };
    let place = heap.push(event) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (isBefore(heap[parent], event)) break;
      heap[place] = heap[parent];
      place = parent;
    }
    heap[place] = event;
  }

  /**
   * Lets the next event happen.
   *
   * @returns false if there is none
   */
  advance(): boolean {
    const event = this.#removeFirst();
    if (event === undefined) return false;
    this.now = event.time;
    event.happen();
    return true;
  }

  #removeFirst(): Event | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return last;
    let place = 0;
    for (let child = 1; child < heap.length; child = 2 * place + 1) {
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child++;
      if (isBefore(last, heap[child])) break;
      heap[place] = heap[child];
      place = child;
    }
    heap[place] = last;
    return first;
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.time === b.time ? a.order < b.order : a.time < b.time;
}
