import { InklingError } from '../core/errors.js';
import type { Pair } from '../core/shape.js';
import { conv2dWindow } from '../layers/conv2d.js';
import type { Layer, LayerType } from '../layers/index.js';
import type { Activation } from '../layers/layer.js';
import { maxPool2dWindow } from '../layers/maxPool2d.js';
import { type Model, placeLayers } from '../models/model.js';

interface ModuleRule<Layer> {
  /** The call that makes the layer in `torch.nn`. */
  moduleOf(layer: Layer, input: Activation): string;
}

const RULES: { readonly [Type in LayerType]: ModuleRule<Extract<Layer, { type: Type }>> } = {
  batchNorm2d: { moduleOf: (_layer, { shape }) => `nn.BatchNorm2d(${shape[2]})` },
  conv2d: {
    moduleOf(layer, { shape }) {
      const { kernel, stride, padding } = conv2dWindow(layer);
      const window = `kernel_size=${tuple(kernel)}, stride=${tuple(stride)}, padding=${tuple(padding)}`;
      return `nn.Conv2d(${shape[2]}, ${layer.outChannels}, ${window})`;
    },
  },
  dropout: { moduleOf: ({ probability }) => `nn.Dropout(${probability})` },
  flatten: { moduleOf: () => 'nn.Flatten()' },
  linear: { moduleOf: ({ outFeatures }, { shape }) => `nn.Linear(${shape[0]}, ${outFeatures})` },
  maxPool2d: {
    moduleOf(layer) {
      const { kernel, stride } = maxPool2dWindow(layer);
      return `nn.MaxPool2d(kernel_size=${tuple(kernel)}, stride=${tuple(stride)})`;
    },
  },
  relu: { moduleOf: () => 'nn.ReLU()' },
};

function tuple([vertical, horizontal]: Pair): string {
  return `(${vertical}, ${horizontal})`;
}

/** A layer, or layers whose names begin alike: `layer1.0` and `layer1.1` are both in `layer1`. */
type Module = string | Map<string, Module>;

/**
 * A model's layers as the list of pairs that an `nn.Sequential` is made from, so that its `state_dict` has the names of
 * the model's weights.
 *
 * @returns lines of Python
 * @throws {InklingError} when the layers' names cannot be those of modules one inside the other
 */
export function torchModules(model: Model): string[] {
  const modules = new Map<string, Module>();
  let open: readonly string[] = [];
  for (const { name, layer, input } of placeLayers(model)) {
    const path = name.split('.');
    const rule: ModuleRule<Layer> = RULES[layer.type];
    const isAdded = add(modules, path, open, rule.moduleOf(layer, input));
    if (!isAdded) {
      throw new InklingError(
        `${model.name}: PyTorch has no place for the layer "${name}"; layers whose names begin alike must stand together`,
      );
    }
    open = path;
  }
  return pairsOf(modules);
}

/** @param open the path of the layer in front: only what it is in can take more layers */
function add(
  modules: Map<string, Module>,
  [first, ...rest]: readonly string[],
  [openFirst, ...openRest]: readonly string[],
  module: string,
): boolean {
  const known = modules.get(first);
  if (rest.length === 0) {
    if (known !== undefined || first === '') return false;
    modules.set(first, module);
    return true;
  }
  if (known === undefined) {
    const inner = new Map<string, Module>();
    modules.set(first, inner);
    return first !== '' && add(inner, rest, [], module);
  }
  return typeof known !== 'string' && first === openFirst && add(known, rest, openRest, module);
}

function pairsOf(modules: ReadonlyMap<string, Module>): string[] {
  return [...modules].flatMap(([name, module]) => {
    const key = JSON.stringify(name);
    if (typeof module === 'string') return [`(${key}, ${module}),`];
    return [`(${key}, nn.Sequential(OrderedDict([`, ...indent(pairsOf(module)), ']))),'];
  });
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${line}`);
}
