import { InklingError } from '../core/errors.js';
import { formatShape } from '../core/shape.js';
import { type Layer, type Residual, ruleOf } from '../layers/index.js';
import type { Activation, ParameterSpec } from '../layers/layer.js';

/** A layer at its place in a model. */
export interface ResolvedLayer {
  /** Counts all layers of the model, those inside a residual in front of it. */
  readonly index: number;
  /** The names of the residuals it is in, and its own name or its index in there: the prefix of its parameters' names. */
  readonly name: string;
  readonly layer: Layer;
  readonly input: Activation;
  readonly output: Activation;
  /** Its own, without those of layers inside it. */
  readonly parameters: readonly ParameterSpec[];
  readonly multiplyAdds: number;
  /** What a residual adds; none for all other layers. */
  readonly branches?: Branches;
}

/** The two ways through a residual. */
export interface Branches {
  readonly layers: readonly ResolvedLayer[];
  /** Without layers where the input itself is added. */
  readonly shortcut: readonly ResolvedLayer[];
}

/** What a residual's shortcut is called, among the names of its layers. */
export const SHORTCUT = 'shortcut';

/** Layers with all that are inside them, each residual behind its own: the order in which they compute. */
export function everyLayer(placed: readonly ResolvedLayer[]): readonly ResolvedLayer[] {
  return placed.flatMap((each) =>
    each.branches === undefined
      ? each
      : [...everyLayer(each.branches.layers), ...everyLayer(each.branches.shortcut), each],
  );
}

/** Places the layers of one model. */
export class Placement {
  readonly #model: string;
  readonly #names = new Set<string>();
  #count = 0;

  /** @param model the model's name, to begin an error with */
  constructor(model: string) {
    this.#model = model;
  }

  /**
   * Layers in a row, with the shapes that flow in and out of each.
   *
   * @param prefix what their names begin with
   * @throws {InklingError} naming the first layer that cannot take what it gets
   */
  place(layers: readonly Layer[], input: Activation, prefix = ''): readonly ResolvedLayer[] {
    const placed: ResolvedLayer[] = [];
    let flowing = input;
    for (const [position, layer] of layers.entries()) {
      const name = prefix + (layer.name ?? String(position));
      if (this.#names.has(name)) {
        throw new InklingError(`${this.#model}: two layers are called "${name}"; rename one`);
      }
      this.#names.add(name);
      const each = this.#placeOne(layer, flowing, name);
      placed.push(each);
      flowing = each.output;
    }
    return placed;
  }

  #placeOne(layer: Layer, input: Activation, name: string): ResolvedLayer {
    if (layer.type === 'residual') return this.#placeResidual(layer, input, name);
    const rule = ruleOf(layer);
    const output = rule.outputOf(layer, input, `${name} (${layer.type})`);
    const parameters = rule.parametersOf(layer, input);
    const multiplyAdds = rule.multiplyAdds(layer, input);
    return { index: this.#count++, name, layer, input, output, parameters, multiplyAdds };
  }

  #placeResidual(layer: Residual, input: Activation, name: string): ResolvedLayer {
    const who = `${name} (residual)`;
    if (layer.layers.some((inner) => inner.name === SHORTCUT || inner.name?.startsWith(`${SHORTCUT}.`))) {
      throw new InklingError(
        `${who}: a layer in it is called "${SHORTCUT}", as its shortcut is; give it another name`,
      );
    }
    const layers = this.place(layer.layers, input, `${name}.`);
    const shortcut = this.place(layer.shortcut ?? [], input, `${name}.${SHORTCUT}.`);
    const output = outputOf(layers, input);
    const [sum, added] = [output, outputOf(shortcut, input)].map(({ shape }) => formatShape(shape));
    if (sum !== added) {
      const what = shortcut.length === 0 ? 'their input is' : 'its shortcut gives';
      throw new InklingError(
        `${who}: its layers give ${sum}, but ${what} ${added}; add a shortcut that gives the same, ` +
          'such as a 1×1 convolution with the stride of the layers',
      );
    }
    return {
      index: this.#count++,
      name,
      layer,
      input,
      output,
      parameters: [],
      multiplyAdds: 0,
      branches: { layers, shortcut },
    };
  }
}

function outputOf(placed: readonly ResolvedLayer[], input: Activation): Activation {
  return placed.at(-1)?.output ?? input;
}
