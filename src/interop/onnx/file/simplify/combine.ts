import { InklingError } from '../../../../core/errors.js';
import { gelu, hardSwish, silu, type SimpleLayer } from '../../../../layers/index.js';
import type { AffinePiece, ContainerPiece, LayerPiece, Piece } from '../pieces.js';
import { isAffine } from './affine.js';
import { isLayer } from './simplify.js';

/** A node that combines two values that depend on the image. */
interface Combination extends Pick<LayerPiece, 'name' | 'label'> {
  /** The simplified branches from the last value that both depend on, which is the output of an empty one. */
  readonly branches: readonly [readonly Piece[], readonly Piece[]];
}

/**
 * A residual. The shorter branch is its shortcut.
 *
 * @throws {InklingError} when a value is added to itself
 */
export function sumOf({ branches: [first, second], ...named }: Combination): Piece[] {
  const isSwapped = first.length < second.length;
  const [layers, shortcut] = isSwapped ? [second, first] : [first, second];
  if (layers.length === 0) {
    throw new InklingError(`${named.label}: expected two different values, got the same one twice`);
  }
  return [{ kind: 'residual', layers, shortcut, ...named }];
}

/**
 * A nonlinearity that multiplies its input by a function of it, or a squeeze-and-excitation block.
 *
 * @param areFactors whether one value is a factor for each channel of the other
 * @throws {InklingError} when it is neither
 */
export function productOf({ branches, ...named }: Combination, areFactors: boolean): Piece[] {
  const gate = branches.find((branch) => branch.length > 0) ?? [];
  const isGated = branches.some((branch) => branch.length === 0) && gate.length > 0;
  const nonlinearity = isGated ? nonlinearityOf(gate, named) : undefined;
  if (nonlinearity !== undefined) return nonlinearity;
  if (isGated && areFactors) {
    const block: ContainerPiece = { kind: 'squeezeExcitation', layers: gate, shortcut: [], ...named };
    return [block];
  }
  throw new InklingError(
    `${named.label}: expected a value multiplied by its sigmoid, hard sigmoid, or normal distribution, or an image multiplied by a ` +
      'factor for each of its channels that is computed from it, got another product of two values; replace it before the export',
  );
}

function nonlinearityOf(
  gate: readonly Piece[],
  named: Pick<LayerPiece, 'name' | 'label'>,
): Piece[] | undefined {
  const layer = (made: SimpleLayer): LayerPiece => ({ kind: 'layer', layer: made, parameters: {}, ...named });
  const last = gate[gate.length - 1];
  if (last.kind === 'affine' && gate.length === 2 && isAffine(last, last.scale[0], 0)) {
    const product = nonlinearityOf(gate.slice(0, 1), named);
    return product && [...product, last];
  }
  if (gate.length === 1 && isLayer(last, 'sigmoid')) return [layer(silu())];
  if (gate.length === 1 && isLayer(last, 'hardSigmoid')) return [layer(hardSwish())];
  const scale = normalDistribution(gate);
  return scale && [layer(gelu()), { ...scale, scale: [2 * scale.scale[0]], shift: [0] }];
}

/** The last piece of `k · (1 + erf(x · sqrt(1/2)))`, which is `2 k` times the normal distribution. */
function normalDistribution(gate: readonly Piece[]): AffinePiece | undefined {
  const [root, erf, last] = gate;
  if (gate.length !== 3 || root.kind !== 'affine' || erf.kind !== 'erf' || last.kind !== 'affine')
    return undefined;
  const [factor] = last.scale;
  return isAffine(root, Math.SQRT1_2, 0) && isAffine(last, factor, factor) ? last : undefined;
}
