import { checkArguments, checkArray } from '../core/arguments/checkArguments.js';
import { InklingError, UsageError } from '../core/errors.js';
import { formatShape, type Pair, sizeOf } from '../core/shape.js';
import {
  type Container,
  containerDefinitionOf,
  definitionOf,
  isContainer,
  type Layer,
} from '../layers/index.js';
import { type Activation, noHalo } from '../layers/layer.js';
import type { Model } from './model.js';
import {
  branchesOf,
  type Halos,
  type ResolvedLayer,
  type ResolvedModel,
  shortcutNameOf,
  withInner,
} from './resolved.js';

/** What the layers around a sequence determine. */
interface Surroundings {
  /** The prefix of its layers' names. */
  readonly prefix: string;
  /** The halo needed around its output. */
  readonly outputHalo: Pair;
  /** The halo needed around the gradient of its input. */
  readonly inputGradHalo: Pair;
}

type WithoutHalos = Omit<ResolvedLayer, 'halos'>;

const WHOLE_MODEL: Surroundings = { prefix: '', outputHalo: noHalo(), inputGradHalo: noHalo() };

/**
 * Infers the shapes, names, parameters and halos of a model's layers.
 *
 * @throws {UsageError} for anything but a model
 * @throws {InklingError} naming the first layer that does not fit its input; or when the last output is not a vector
 */
export function resolveModel(model: Model): ResolvedModel {
  checkArguments('resolveModel', { model });
  checkArray(`${model.name}: layers`, model.layers, 'layers');
  if (model.layers.length === 0) {
    throw new UsageError(`${model.name}: layers: expected at least one layer, got none; end with linear`);
  }
  const layers = new LayerResolver(model.name).resolve(model.layers, { shape: model.input });
  const { shape } = layers[layers.length - 1].output;
  if (shape.length !== 1) {
    throw new InklingError(
      `${model.name}: its last layer outputs an image of ${formatShape(shape)}; end with flatten and linear`,
    );
  }
  const allLayers = withInner(layers);
  const parameters = allLayers.flatMap((layer) =>
    layer.parameters.map((spec) => ({ name: `${layer.name}.${spec.name}`, spec })),
  );
  const trained = parameters.filter(({ spec }) => spec.trained);
  return {
    model,
    layers,
    allLayers,
    classes: shape[0],
    parameters,
    parameterCount: trained.reduce((sum, { spec }) => sum + sizeOf(spec.shape), 0),
    multiplyAdds: allLayers.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0),
    inputHalo: layers.at(0)?.halos.input ?? noHalo(),
  };
}

/** Resolves the layers of one model. */
class LayerResolver {
  readonly #model: string;
  readonly #names = new Set<string>();
  #count = 0;

  /** @param model the model's name, for errors */
  constructor(model: string) {
    this.#model = model;
  }

  /**
   * Resolves a sequence of layers.
   *
   * @throws {InklingError} naming the first layer that cannot take its input
   */
  resolve(
    layers: readonly Layer[],
    input: Activation,
    { prefix, outputHalo, inputGradHalo } = WHOLE_MODEL,
  ): readonly ResolvedLayer[] {
    const resolved: (WithoutHalos & Pick<Halos, 'inputGrad' | 'outputGrad'>)[] = [];
    for (const [position, layer] of layers.entries()) {
      const name = prefix + (layer.name ?? String(position));
      if (this.#names.has(name)) {
        throw new InklingError(`${this.#model}: two layers are named "${name}"; rename one`);
      }
      this.#names.add(name);
      const before = resolved.at(-1);
      const inputGrad = before?.outputGrad ?? inputGradHalo;
      const one = this.#resolveOne(layer, before?.output ?? input, name, inputGrad);
      resolved.push({ ...one, inputGrad, outputGrad: outputGradHaloOf([one], inputGrad) });
    }
    return withInputHalos(resolved, outputHalo);
  }

  /** @param inputGradHalo the halo needed around the gradient of the input */
  #resolveOne(layer: Layer, input: Activation, name: string, inputGradHalo: Pair): WithoutHalos {
    if (isContainer(layer)) return this.#resolveContainer(layer, input, name, inputGradHalo);
    const definition = definitionOf(layer);
    const output = definition.inferOutput(layer, input, `${name} (${layer.type})`);
    const parameters = definition.parameters(layer, input);
    const multiplyAdds = definition.multiplyAdds(layer, input, output);
    return { index: this.#count++, name, layer, input, output, parameters, multiplyAdds };
  }

  #resolveContainer(layer: Container, input: Activation, name: string, inputGradHalo: Pair): WithoutHalos {
    const who = `${name} (${layer.type})`;
    const reserved = shortcutNameOf(layer);
    const isReserved = (inner: Layer) => inner.name === reserved || inner.name?.startsWith(`${reserved}.`);
    if (layer.type === 'residual' && layer.layers.some(isReserved)) {
      throw new InklingError(
        `${who}: one of its layers is named "${reserved}", which is reserved for the shortcut; rename it`,
      );
    }
    // What combines the branches writes to a tensor of its own, so that they need no halo around their outputs.
    const inside = { outputHalo: noHalo(), inputGradHalo };
    const [main, other] = branchesOf(layer);
    const layers = this.resolve(main, input, { ...inside, prefix: `${name}.` });
    const shortcut = this.resolve(other, input, { ...inside, prefix: `${name}.${reserved}.` });
    const outputs = { layers: layers.at(-1)?.output ?? input, shortcut: shortcut.at(-1)?.output ?? input };
    return {
      index: this.#count++,
      name,
      layer,
      input,
      output: containerDefinitionOf(layer).inferOutput(input, outputs, who),
      parameters: [],
      multiplyAdds: 0,
      branches: { layers, shortcut },
    };
  }
}

/** Adds the halos that depend on the layers after each one. */
function withInputHalos(
  layers: readonly (WithoutHalos & Pick<Halos, 'inputGrad' | 'outputGrad'>)[],
  outputHalo: Pair,
): readonly ResolvedLayer[] {
  let output = outputHalo;
  const lastFirst = layers.toReversed().map(({ inputGrad, outputGrad, ...layer }) => {
    const halos: Halos = {
      input: inputHaloOf([layer.layer], layer.input, output),
      output,
      inputGrad,
      outputGrad,
    };
    output = halos.input;
    return { ...layer, halos };
  });
  return lastFirst.reverse();
}

/**
 * The halo that a sequence of layers needs around its input.
 *
 * @param after the halo needed around its output
 */
function inputHaloOf(layers: readonly Layer[], input: Activation, after: Pair): Pair {
  for (const layer of layers) {
    if (isContainer(layer)) {
      return widest(branchesOf(layer).map((branch) => inputHaloOf(branch, input, noHalo())));
    }
    const halo = definitionOf(layer).inputHalo(layer, input);
    // A layer that works in place does not change the shape of an image.
    if (halo !== 'same') return halo;
  }
  return after;
}

/**
 * The halo that a sequence of layers needs around the gradient of its output.
 *
 * @param before the halo needed around the gradient of its input
 */
function outputGradHaloOf(layers: readonly WithoutHalos[], before: Pair): Pair {
  for (const { layer, input, branches } of layers.toReversed()) {
    if (isContainer(layer)) {
      if (!containerDefinitionOf(layer).passesOutputGrad) return noHalo();
      const both = [branches?.layers ?? [], branches?.shortcut ?? []];
      return widest(both.map((branch) => outputGradHaloOf(branch, noHalo())));
    }
    const halo = definitionOf(layer).outputGradHalo(layer, input);
    if (halo !== 'same') return halo;
  }
  return before;
}

function widest(halos: readonly Pair[]): Pair {
  return [Math.max(...halos.map(([rows]) => rows)), Math.max(...halos.map(([, columns]) => columns))];
}
