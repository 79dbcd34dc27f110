/** A connected component: marked pixels that touch one another. */
export interface Component {
  /** Indices of its pixels in the plane, in no particular order. */
  readonly pixels: readonly number[];
  readonly left: number;
  readonly top: number;
  /** Exclusive: the column after the last one, and the row after the last one. */
  readonly right: number;
  readonly bottom: number;
}

/** Labels the connected components of a mask; pixels that share an edge or a corner are connected (8-connectivity). */
export function connectedComponents(mask: Uint8Array, width: number): Component[] {
  const height = mask.length / width;
  const unvisited = mask.slice();
  const components: Component[] = [];
  for (let start = 0; start < unvisited.length; start++) {
    if (unvisited[start] === 0) continue;
    unvisited[start] = 0;
    const pixels = [start];
    // Flood fill: the list grows while it is iterated over.
    for (const pixel of pixels) {
      const [x, y] = [pixel % width, Math.floor(pixel / width)];
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          const neighbor = row * width + column;
          if (unvisited[neighbor] === 0) continue;
          unvisited[neighbor] = 0;
          pixels.push(neighbor);
        }
      }
    }
    components.push(withBounds(pixels, width));
  }
  return components;
}

/** Merges components into one. */
export function merge(components: readonly Component[]): Component {
  return {
    pixels: components.flatMap(({ pixels }) => pixels),
    left: Math.min(...components.map(({ left }) => left)),
    top: Math.min(...components.map(({ top }) => top)),
    right: Math.max(...components.map(({ right }) => right)),
    bottom: Math.max(...components.map(({ bottom }) => bottom)),
  };
}

function withBounds(pixels: readonly number[], width: number): Component {
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  for (const pixel of pixels) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + 1);
    bottom = Math.max(bottom, y + 1);
  }
  return { pixels, left, top, right, bottom };
}
