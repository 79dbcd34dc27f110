import { conv2d, hardSigmoid, type SimpleLayer } from '../../../../layers/index.js';
import type { AffinePiece, LayerPiece, Piece } from '../pieces.js';
import { absorbAffine, isAffine, mergeAffine, normalization } from './affine.js';

/** Replaces operations that follow each other by layers that are equal to them. */
export function simplify(pieces: readonly Piece[]): Piece[] {
  const simple: Piece[] = [];
  for (const piece of pieces) {
    simple.push(piece);
    while (simplifyEnd(simple));
  }
  return simple;
}

/** Simplifies the end of a list of pieces that is simple otherwise; returns whether it did. */
function simplifyEnd(pieces: Piece[]): boolean {
  const [before, last] = [pieces.at(-2), pieces.at(-1)];
  if (last?.kind === 'affine' && isAffine(last, 1, 0)) return replaceEnd(pieces, 1);
  if (last?.kind === 'affine' && before?.kind === 'affine')
    return replaceEnd(pieces, 2, mergeAffine(before, last));
  if (isLayer(last, 'relu6') && before?.kind === 'affine' && isAffine(before, 1, 3)) {
    return replaceEnd(pieces, 2, { ...last, layer: hardSigmoid() }, { ...before, scale: [6], shift: [0] });
  }
  return last?.kind === 'unflatten' && replaceLinear(pieces);
}

function replaceEnd(pieces: Piece[], count: number, ...replacement: readonly Piece[]): true {
  pieces.splice(pieces.length - count, count, ...replacement);
  return true;
}

/** Linear layers between `flatten` and `unflatten`, of an image of one pixel, become convolutions of it. */
function replaceLinear(pieces: Piece[]): boolean {
  const start = pieces.findLastIndex((piece) => isLayer(piece, 'flatten'));
  const inside = pieces.slice(start + 1, -1).map(asConvolution);
  const before = pieces.at(start - 1);
  if (start < 1 || !isLayer(before, 'globalAvgPool2d')) return false;
  const replaced = inside.filter((piece) => piece !== undefined);
  return replaced.length === inside.length && replaceEnd(pieces, pieces.length - start, ...replaced);
}

/** The same for an image of one pixel; undefined if the piece is no layer of a vector. */
function asConvolution(piece: Piece): Piece | undefined {
  if (piece.kind !== 'layer')
    return piece.kind === 'affine' ? { ...piece, shape: [1, 1, ...piece.shape] } : undefined;
  const { layer, parameters } = piece;
  if (layer.type === 'batchNorm1d') return undefined;
  if (layer.type !== 'linear') return piece;
  const { outFeatures, bias } = layer;
  const { weight } = parameters;
  return {
    ...piece,
    layer: conv2d({ outChannels: outFeatures, kernel: 1, ...(bias !== undefined && { bias }) }),
    parameters: { ...parameters, weight: { ...weight, shape: [...weight.shape, 1, 1] } },
  };
}

export function isLayer(piece: Piece | undefined, type: SimpleLayer['type']): piece is LayerPiece {
  return piece?.kind === 'layer' && piece.layer.type === type;
}

/**
 * Makes constants that are added or multiplied part of the layer before them, or a layer of their own.
 *
 * @throws {InklingError} when no layer can contain them
 */
export function absorbConstants(pieces: readonly Piece[]): Exclude<Piece, AffinePiece>[] {
  const absorbed: Exclude<Piece, AffinePiece>[] = [];
  for (const piece of pieces) {
    if (piece.kind !== 'affine') {
      absorbed.push(piece);
      continue;
    }
    const last = absorbed.at(-1);
    const combined = last?.kind === 'layer' ? absorbAffine(last, piece) : undefined;
    if (combined === undefined) absorbed.push(normalization(piece));
    else absorbed.splice(-1, 1, combined);
  }
  return absorbed;
}
