import { InklingError } from '../core/errors.js';
import type { Pair } from '../core/shape.js';
import { avgPool2dWindow } from '../layers/avgPool2d.js';
import { conv2dWindow } from '../layers/conv2d.js';
import type { SimpleLayer, SimpleLayerType } from '../layers/index.js';
import type { Activation } from '../layers/layer.js';
import { maxPool2dWindow } from '../layers/maxPool2d.js';
import { slopeOf } from '../layers/nonlinearity.js';
import type { Model } from '../models/model.js';
import { resolveModel } from '../models/resolve.js';
import { type ResolvedLayer, SHORTCUT } from '../models/resolved.js';

/** The call that makes a layer in `torch.nn`. */
type ModuleRule<Layer> = (layer: Layer, input: Activation) => string;

const RULES: { readonly [Type in SimpleLayerType]: ModuleRule<Extract<SimpleLayer, { type: Type }>> } = {
  avgPool2d(layer) {
    const { kernel, stride } = avgPool2dWindow(layer);
    return `nn.AvgPool2d(kernel_size=${tuple(kernel)}, stride=${tuple(stride)})`;
  },
  batchNorm1d: (_layer, { shape }) => `nn.BatchNorm1d(${shape[0]})`,
  batchNorm2d: (_layer, { shape }) => `nn.BatchNorm2d(${shape[2]})`,
  conv2d(layer, { shape }) {
    const { kernel, stride, padding } = conv2dWindow(layer);
    const window = `kernel_size=${tuple(kernel)}, stride=${tuple(stride)}, padding=${tuple(padding)}`;
    const groups = layer.groups === undefined ? '' : `, groups=${layer.groups}`;
    return `nn.Conv2d(${shape[2]}, ${layer.outChannels}, ${window}${groups}${biasOf(layer)})`;
  },
  dropout: ({ probability }) => `nn.Dropout(${probability})`,
  flatten: () => 'nn.Flatten()',
  gelu: () => 'nn.GELU()',
  globalAvgPool2d: () => 'nn.AdaptiveAvgPool2d(1)',
  leakyRelu: (layer) => `nn.LeakyReLU(${slopeOf(layer)})`,
  linear: (layer, { shape }) => `nn.Linear(${shape[0]}, ${layer.outFeatures}${biasOf(layer)})`,
  maxPool2d(layer) {
    const { kernel, stride } = maxPool2dWindow(layer);
    return `nn.MaxPool2d(kernel_size=${tuple(kernel)}, stride=${tuple(stride)})`;
  },
  relu: () => 'nn.ReLU()',
  silu: () => 'nn.SiLU()',
};

function tuple([vertical, horizontal]: Pair): string {
  return `(${vertical}, ${horizontal})`;
}

function biasOf({ bias = true }: { readonly bias?: boolean | undefined }): string {
  return bias ? '' : ', bias=False';
}

/** A layer in lines of Python, or layers whose names begin alike: `layer1.0` and `layer1.1` are both in `layer1`. */
type Module = readonly string[] | Map<string, Module>;

/**
 * A model's layers as the list of pairs that an `nn.Sequential` is made from, so that its `state_dict` has the names of
 * the model's weights. A residual is a call of `Residual`, which is no part of PyTorch.
 *
 * @returns lines of Python
 * @throws {InklingError} when the layers' names cannot be those of modules one inside the other
 */
export function torchModules(model: Model): string[] {
  return pairsOf(modulesOf(model.name, resolveModel(model).layers, ''));
}

/** @param prefix what the names of all layers begin with */
function modulesOf(model: string, placed: readonly ResolvedLayer[], prefix: string): Map<string, Module> {
  const modules = new Map<string, Module>();
  let open: readonly string[] = [];
  for (const each of placed) {
    const path = each.name.slice(prefix.length).split('.');
    if (!add(modules, path, open, linesOf(model, each))) {
      throw new InklingError(
        `${model}: PyTorch has no place for the layer "${each.name}"; layers whose names begin alike must stand together`,
      );
    }
    open = path;
  }
  return modules;
}

function linesOf(model: string, { name, layer, input, branches }: ResolvedLayer): string[] {
  if (layer.type === 'residual') {
    const inner = modulesOf(model, branches?.layers ?? [], `${name}.`);
    const shortcut = modulesOf(model, branches?.shortcut ?? [], `${name}.${SHORTCUT}.`);
    if (shortcut.size > 0) inner.set(SHORTCUT, shortcut);
    return callOf('Residual', inner);
  }
  // TypeScript cannot see that a layer and the entry of its own type belong together.
  const rule = RULES[layer.type] as ModuleRule<SimpleLayer>;
  return [rule(layer, input)];
}

/** @param open the path of the layer in front: only what it is in can take more layers */
function add(
  modules: Map<string, Module>,
  [first, ...rest]: readonly string[],
  [openFirst, ...openRest]: readonly string[],
  module: Module,
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
  return known instanceof Map && first === openFirst && add(known, rest, openRest, module);
}

function callOf(container: string, modules: ReadonlyMap<string, Module>): string[] {
  return [`${container}(OrderedDict([`, ...pairsOf(modules).map((line) => `    ${line}`), ']))'];
}

/** `("name", module),` for each */
function pairsOf(modules: ReadonlyMap<string, Module>): string[] {
  return [...modules].flatMap(([name, module]) => {
    const lines = module instanceof Map ? callOf('nn.Sequential', module) : [...module];
    lines[0] = `(${JSON.stringify(name)}, ${lines[0]}`;
    lines[lines.length - 1] += '),';
    return lines;
  });
}
