import { withoutWrappers } from '../../wrapperPrefixes.js';
import { DEFAULT_SHORTCUT_NAME } from '../../../layers/containers/residual.js';
import type { Layer } from '../../../layers/index.js';
import { type ContainerPiece, isContainerPiece, type Piece, weightCountOf } from './pieces.js';
import type { OnnxFileNode } from './readOnnxFile.js';

const WEIGHT = /^(.+)\.(weight|bias|running_mean|running_var)$/;
/** Names of layers in a model; others are not used. */
const USABLE = /^[^\p{C}.\s]+(\.[^\p{C}.\s]+)*$/u;
const MAX_LENGTH = 200;

/**
 * The name of a node's layer: what the names of its weights begin with in PyTorch, otherwise the module in the name of the node, or
 * that name itself. Undefined if none is usable.
 *
 * @param isWeight whether an input of the node is a tensor of the file
 */
export function nameOf(node: OnnxFileNode, isWeight: (input: string) => boolean): string | undefined {
  const weights = node.inputs.filter((input) => isWeight(input) && WEIGHT.test(input));
  const names = [...weights.map((input) => input.replace(WEIGHT, '$1')), moduleOf(node.name)];
  const usable = names.filter((name) => name.length <= MAX_LENGTH && USABLE.test(name));
  return withoutWrappers(usable.slice(0, 1)).at(0);
}

/**
 * The module that a node belongs to: of `/layer1/layer1.0/conv1/Conv`, as PyTorch's exporter writes it, `layer1.0.conv1`. Each part is the
 * name of a module in the one before it, or begins with the name of that one.
 */
function moduleOf(node: string): string {
  if (!node.includes('/')) return node;
  const parts = node
    .split('/')
    .slice(0, -1)
    .filter((part) => part !== '');
  const modules = parts.filter((part, index) => !parts.at(index + 1)?.startsWith(`${part}.`));
  return modules.join('.');
}

/** The name that a piece should have; that of a container is what the names inside begin with. */
export function wishOf(piece: Piece): string | undefined {
  const { name } = piece;
  if (!isContainerPiece(piece)) return name;
  const inside = weightNames([...piece.layers, ...piece.shortcut]);
  if (name !== undefined && inside.every((inner) => inner.startsWith(`${name}.`))) return name;
  const [first = [], ...others] = inside.map((inner) => inner.split('.').slice(0, -1));
  const end = first.findIndex((part, at) => others.some((other) => other.at(at) !== part));
  const common = first.slice(0, end === -1 ? first.length : end).join('.');
  return common === '' ? name : common;
}

/** The names of all layers with weights. */
function weightNames(pieces: readonly Piece[]): string[] {
  return pieces.flatMap((piece) => {
    if (isContainerPiece(piece)) return weightNames([...piece.layers, ...piece.shortcut]);
    return weightCountOf(piece) > 0 && piece.name !== undefined ? [piece.name] : [];
  });
}

/** A name without the base that it begins with. */
export function relativeName(name: string | undefined, base: string): string | undefined {
  if (name === base) return undefined;
  return base !== '' && name?.startsWith(`${base}.`) ? name.slice(base.length + 1) : name;
}

/**
 * What the names of a shortcut's layers begin with, such as `downsample`.
 *
 * @param base what the names in the container begin with
 * @param layers on the other branch, which must have other names
 */
export function shortcutNameOf({ shortcut }: ContainerPiece, base: string, layers: readonly Layer[]): string {
  const firstPart = (name: string | undefined) => name?.split('.').at(0) ?? '';
  const taken = new Set(layers.map(({ name }) => firstPart(name)));
  const wishes = new Set(weightNames(shortcut).map((name) => firstPart(relativeName(name, base))));
  const [wish = ''] = wishes;
  const usable = wishes.size === 1 && wish !== '' ? [wish] : [];
  return (
    [...usable, DEFAULT_SHORTCUT_NAME].find((name) => !taken.has(name)) ?? `${DEFAULT_SHORTCUT_NAME}_branch`
  );
}

/** Gives each layer a name that no other has. */
export class UniqueNames {
  readonly #taken = new Set<string>();
  readonly #copies = new Map<string, number>();

  /**
   * @param prefix of the names in the model, which is not part of the result
   * @param wishes of the layers of a sequence; those without one get their position
   */
  claimAll(prefix: string, wishes: readonly (string | undefined)[]): string[] {
    const named = wishes.map((wish) => wish && this.#claim(prefix, wish));
    return named.map((name, position) => name ?? this.#claim(prefix, String(position)));
  }

  /** The name, with a number at its end if it is taken. */
  #claim(prefix: string, wish: string): string {
    let name = wish;
    for (let copy = this.#copies.get(prefix + wish) ?? 2; this.#taken.has(prefix + name); copy++) {
      name = `${wish}_${copy}`;
      this.#copies.set(prefix + wish, copy + 1);
    }
    this.#taken.add(prefix + name);
    return name;
  }
}
