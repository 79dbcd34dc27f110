import { InklingError } from '../../../core/errors.js';
import { type Layer, residual, squeezeExcitation } from '../../../layers/index.js';
import { DEFAULT_SHORTCUT_NAME } from '../../../layers/containers/residual.js';
import type { SavedTensor } from '../../dtypes.js';
import { relativeName, shortcutNameOf, UniqueNames, wishOf } from './names.js';
import { type ContainerPiece, isContainerPiece, type LayerPiece, type Piece } from './pieces.js';
import { absorbConstants } from './simplify/simplify.js';

/** More than any image classifier has. */
const MAX_LAYERS = 2048;

/** Layers, and their weights by their names in PyTorch. */
export interface NamedLayers {
  readonly layers: readonly Layer[];
  readonly tensors: Map<string, SavedTensor>;
}

/**
 * The layers that pieces stand for, with unique names, which are those of PyTorch where they are known.
 *
 * @throws {InklingError} for a piece that is no layer
 */
export function layersOf(pieces: readonly Piece[]): NamedLayers {
  const builder = new LayerBuilder();
  return { layers: builder.sequence(pieces, '', ''), tensors: builder.tensors };
}

class LayerBuilder {
  readonly tensors = new Map<string, SavedTensor>();
  readonly #names = new UniqueNames();
  #count = 0;

  /**
   * @param base what the names of the pieces may begin with, which is left out
   * @param prefix of the names in the model
   */
  sequence(pieces: readonly Piece[], base: string, prefix: string): Layer[] {
    const finished = absorbConstants(pieces).map(finishedPiece);
    this.#count += finished.length;
    if (this.#count > MAX_LAYERS) {
      throw new InklingError(`expected at most ${MAX_LAYERS} layers, got more; import a smaller network`);
    }
    const names = this.#names.claimAll(
      prefix,
      finished.map((piece) => relativeName(wishOf(piece), base)),
    );
    return finished.map((piece, position) => {
      const name = names[position];
      const own = name === String(position) ? {} : { name };
      return { ...this.#layer(piece, `${prefix}${name}`), ...own };
    });
  }

  #layer(piece: LayerPiece | ContainerPiece, name: string): Layer {
    if (piece.kind !== 'layer') return this.#container(piece, name);
    for (const [parameter, { shape, values }] of Object.entries(piece.parameters)) {
      this.tensors.set(`${name}.${parameter}`, { dtype: 'F32', shape, values });
    }
    return piece.layer;
  }

  #container(piece: ContainerPiece, name: string): Layer {
    const base = wishOf(piece) ?? '';
    const layers = this.sequence(piece.layers, base, `${name}.`);
    if (piece.kind === 'squeezeExcitation') return squeezeExcitation({ layers });
    const shortcutName = shortcutNameOf(piece, base, layers);
    const inner = base === '' ? shortcutName : `${base}.${shortcutName}`;
    const shortcut = this.sequence(piece.shortcut, inner, `${name}.${shortcutName}.`);
    return residual({
      layers,
      ...(shortcut.length > 0 && { shortcut }),
      ...(shortcutName !== DEFAULT_SHORTCUT_NAME && { shortcutName }),
    });
  }
}

function finishedPiece(piece: ReturnType<typeof absorbConstants>[number]): LayerPiece | ContainerPiece {
  if (piece.kind === 'layer' || isContainerPiece(piece)) return piece;
  const expected = {
    softmax: 'softmax only as the last operation',
    erf: 'the error function only as part of GELU',
    unflatten: 'a vector reshaped to an image only after linear layers of a globally pooled image',
    transpose: 'no transpose',
  }[piece.kind];
  throw new InklingError(`${piece.label}: expected ${expected}; replace it before the export`);
}
