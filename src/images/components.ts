/** Pixels that hang together. */
export interface Component {
  /** Their places in the plane, in no order. */
  readonly places: readonly number[];
  readonly left: number;
  readonly top: number;
  /** One behind the last column and row. */
  readonly right: number;
  readonly bottom: number;
}

/** Cuts the marked pixels of a plane into components; neighbours touch at an edge or a corner. */
export function componentsOf(isMarked: Uint8Array, width: number): Component[] {
  const height = isMarked.length / width;
  const left = isMarked.slice();
  const components: Component[] = [];
  for (let start = 0; start < left.length; start++) {
    if (left[start] === 0) continue;
    left[start] = 0;
    const places = [start];
    // The list grows while it is walked through.
    for (const at of places) {
      const [x, y] = [at % width, Math.floor(at / width)];
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          const neighbour = row * width + column;
          if (left[neighbour] === 0) continue;
          left[neighbour] = 0;
          places.push(neighbour);
        }
      }
    }
    components.push(boundsOf(places, width));
  }
  return components;
}

/** Some components taken for one. */
export function merge(components: readonly Component[]): Component {
  return {
    places: components.flatMap(({ places }) => places),
    left: Math.min(...components.map(({ left }) => left)),
    top: Math.min(...components.map(({ top }) => top)),
    right: Math.max(...components.map(({ right }) => right)),
    bottom: Math.max(...components.map(({ bottom }) => bottom)),
  };
}

function boundsOf(places: readonly number[], width: number): Component {
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  for (const at of places) {
    const [x, y] = [at % width, Math.floor(at / width)];
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + 1);
    bottom = Math.max(bottom, y + 1);
  }
  return { places, left, top, right, bottom };
}
