import type { ResolvedLayer, ResolvedModel } from '#inkling/index.js';

/** A layer, and what it reads. */
export interface WalkedLayer {
  readonly layer: ResolvedLayer;
  /** The names of the layers whose outputs it reads; undefined stands for the image. */
  readonly inputs: readonly (string | undefined)[];
}

/** The layers of a model in the order in which they compute: those in a residual block, then the block itself, which adds. */
export function walkedLayers({ layers }: ResolvedModel): readonly WalkedLayer[] {
  return sequence(layers, undefined);
}

/** @param first what the first layer reads */
function sequence(layers: readonly ResolvedLayer[], first: string | undefined): WalkedLayer[] {
  let last = first;
  return layers.flatMap((layer) => {
    const before = last;
    last = layer.name;
    const { branches } = layer;
    if (branches === undefined) return { layer, inputs: [before] };
    const both = [branches.layers, branches.shortcut];
    const inner = both.flatMap((branch) => sequence(branch, before));
    return [...inner, { layer, inputs: both.map((branch) => branch.at(-1)?.name ?? before) }];
  });
}
