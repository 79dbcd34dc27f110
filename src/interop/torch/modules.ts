import { InklingError } from '../../core/errors.js';
import { DEFAULT_SHORTCUT_NAME } from '../../layers/containers/residual.js';
import { containerDefinitionOf, definitionOf, isContainer } from '../../layers/index.js';
import type { Model } from '../../models/model.js';
import { resolveModel } from '../../models/resolve.js';
import { type ResolvedLayer, shortcutNameOf } from '../../models/resolved.js';

/** A layer as lines of Python, or a module that contains others: `layer1.0` and `layer1.1` are both in `layer1`. */
type Module = readonly string[] | Map<string, Module>;

/**
 * A model's layers as the name-module pairs that an `nn.Sequential` is constructed from, so that its `state_dict` has the
 * names of the model's weights. The script must define the classes of `torchClasses` that they call.
 *
 * @returns lines of Python
 * @throws {InklingError} if the layers' names do not form a hierarchy of modules
 */
export function torchModules(model: Model): string[] {
  return pairsOf(modulesOf(model.name, resolveModel(model).layers, ''));
}

/** @param prefix the common prefix of the layers' names, which is left out */
function modulesOf(model: string, resolved: readonly ResolvedLayer[], prefix: string): Map<string, Module> {
  const modules = new Map<string, Module>();
  let open: readonly string[] = [];
  for (const layer of resolved) {
    const path = layer.name.slice(prefix.length).split('.');
    if (!add(modules, path, open, linesOf(model, layer))) {
      throw new InklingError(
        `${model}: layer "${layer.name}" cannot be a PyTorch module; layers with a common prefix must follow each other`,
      );
    }
    open = path;
  }
  return modules;
}

function linesOf(model: string, { name, layer, input, branches }: ResolvedLayer): string[] {
  if (isContainer(layer)) {
    const inner = modulesOf(model, branches?.layers ?? [], `${name}.`);
    const shortcutName = shortcutNameOf(layer);
    const shortcut = modulesOf(model, branches?.shortcut ?? [], `${name}.${shortcutName}.`);
    if (shortcut.size > 0) inner.set(shortcutName, shortcut);
    const isDefault = shortcutName === DEFAULT_SHORTCUT_NAME;
    const last = isDefault ? '' : `, shortcut=${JSON.stringify(shortcutName)}`;
    return callOf(containerDefinitionOf(layer).torchClass, inner, last);
  }
  return [definitionOf(layer).torchModule(layer, input)];
}

/**
 * Adds a module at a path of names; returns false if that is impossible.
 *
 * @param open the path of the previous layer: only the modules that contain it can still be added to
 */
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

/** @param last further arguments of the container's constructor */
function callOf(container: string, modules: ReadonlyMap<string, Module>, last = ''): string[] {
  return [`${container}(OrderedDict([`, ...pairsOf(modules).map((line) => `    ${line}`), `])${last})`];
}

/** `("name", module),` for each module */
function pairsOf(modules: ReadonlyMap<string, Module>): string[] {
  return [...modules].flatMap(([name, module]) => {
    const lines = module instanceof Map ? callOf('nn.Sequential', module) : [...module];
    lines[0] = `(${JSON.stringify(name)}, ${lines[0]}`;
    lines[lines.length - 1] += '),';
    return lines;
  });
}
