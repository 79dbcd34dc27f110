/** The part of umap-js that is used; it is optional, so that its own types may be missing. */
declare module 'umap-js' {
  export class UMAP {
    constructor(options: {
      readonly nNeighbors: number;
      readonly minDist: number;
      readonly random: () => number;
    });
    /** @param onEpoch ends the optimization if it returns false */
    fitAsync(vectors: readonly (readonly number[])[], onEpoch: () => boolean): Promise<number[][]>;
  }
}
