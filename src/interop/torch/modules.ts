import { InklingError } from '../../core/errors.js';
import { definitionOf } from '../../layers/index.js';
import type { Model } from '../../models/model.js';
import { resolveModel } from '../../models/resolve.js';
import { type ResolvedLayer, SHORTCUT } from '../../models/resolved.js';

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
  return [definitionOf(layer).torchModule(layer, input)];
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
