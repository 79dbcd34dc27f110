/** A client with items that wait, or whose past items cost more than those of the others. */
interface Client<Item> {
  readonly items: Item[];
  cost: number;
}

/**
 * A queue that is shared by clients: the next item is one of the client whose items have cost the least so far, so that a client with many
 * or expensive items delays itself and not the others.
 */
export class FairQueue<Item> {
  readonly #clients = new Map<string, Client<Item>>();
  readonly #maxItems: number;
  #size = 0;
  /** The cost of the client that was served last, from which new clients start. */
  #cost = 0;

  /** @param maxItems the maximum number of items that wait */
  constructor(maxItems: number) {
    this.#maxItems = maxItems;
  }

  /** The number of items that wait. */
  get size(): number {
    return this.#size;
  }

  /** Whether items of a client wait. */
  has(client: string): boolean {
    return (this.#clients.get(client)?.items.length ?? 0) > 0;
  }

  /**
   * Adds an item.
   *
   * @returns the item that has no space, if any: the last one of the client with the most items, which may be the new one
   */
  add(client: string, item: Item): Item | undefined {
    const known = this.#clientOf(client);
    known.items.push(item);
    this.#size += 1;
    if (this.#size <= this.#maxItems) return undefined;
    let most = known;
    for (const other of this.#clients.values()) if (other.items.length > most.items.length) most = other;
    this.#size -= 1;
    return most.items.pop();
  }

  /** Removes and returns the next item. */
  take(): Item | undefined {
    let next: Client<Item> | undefined;
    for (const client of this.#clients.values()) {
      if (client.items.length > 0 && client.cost < (next?.cost ?? Infinity)) next = client;
    }
    if (next === undefined) return undefined;
    this.#cost = Math.max(this.#cost, next.cost);
    this.#size -= 1;
    const item = next.items.shift();
    this.#forget();
    return item;
  }

  /** Removes and returns the items of a client. */
  remove(client: string): Item[] {
    const removed = this.#clients.get(client)?.items.splice(0) ?? [];
    this.#size -= removed.length;
    this.#forget();
    return removed;
  }

  /** Records what an item that was taken has cost, such as its milliseconds; it has no effect if nothing waits. */
  charge(client: string, cost: number): void {
    this.#clientOf(client).cost += cost;
    this.#forget();
  }

  #clientOf(name: string): Client<Item> {
    const known = this.#clients.get(name) ?? { items: [], cost: this.#cost };
    // A client that was idle has not saved up anything.
    if (known.items.length === 0) known.cost = Math.max(known.cost, this.#cost);
    this.#clients.set(name, known);
    return known;
  }

  /** Forgets clients without items that are treated like new ones, and all of them when nothing waits. */
  #forget(): void {
    for (const [name, { items, cost }] of this.#clients) {
      if (items.length === 0 && (cost <= this.#cost || this.#size === 0)) this.#clients.delete(name);
    }
  }
}
