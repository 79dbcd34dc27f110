import { areEqual } from '../core/arrays.js';
import { formatPlural } from '../core/format.js';
import type { Shape } from '../core/shape.js';
import { type ResolvedLayer, type ResolvedModel, withInner } from './resolved.js';
import { type LayerSummary, summarize } from './summary.js';

/** Consecutive modules of a model that output the same shape, such as repeated blocks. */
export interface ModuleGroup {
  /** Its first and last block, or module that is in no block; the same for only one. */
  readonly first: string;
  readonly last: string;
  /** The number of blocks among them. */
  readonly blocks: number;
  /** The model's own layers in it. */
  readonly layers: readonly ResolvedLayer[];
  /** The number of all modules, also those inside layers. */
  readonly modules: number;
  /** For one image: `[height, width, channels]`, or `[features]`. */
  readonly output: Shape;
  readonly parameters: number;
  /** For one image. */
  readonly multiplyAdds: number;
}

/** Modules that are one unit in a summary. */
interface Unit {
  readonly name: string;
  readonly layers: ResolvedLayer[];
}

/** A table or drawing of more modules shows groups instead. */
const MAX_LISTED_MODULES = 40;

/** Whether a model has too many modules to list each of them in a document. */
export function isDeep({ allLayers }: ResolvedModel): boolean {
  return allLayers.length > MAX_LISTED_MODULES;
}

/** Summarizes a deep network: modules of one block, and then units with outputs of the same shape, are one group. */
export function groupModules(model: ResolvedModel): ModuleGroup[] {
  const { rows } = summarize(model);
  const groups: Unit[][] = [];
  for (const unit of unitsOf(model.layers)) {
    const group = groups.at(-1);
    if (group !== undefined && areEqual(outputOf(group[0]), outputOf(unit))) group.push(unit);
    else groups.push([unit]);
  }
  return groups.map((units) => groupOf(units, rows));
}

/** `_blocks.1 – _blocks.2` */
export function groupName({ first, last }: ModuleGroup): string {
  return first === last ? first : `${first} – ${last}`;
}

/** `2 blocks, 17 modules`; nothing for a single module. */
export function groupSize({ blocks, modules }: ModuleGroup): string {
  if (modules === 1) return '';
  const counts = [blocks > 0 ? formatPlural(blocks, 'block') : '', formatPlural(modules, 'module')];
  return counts.filter((count) => count !== '').join(', ');
}

function unitsOf(layers: readonly ResolvedLayer[]): Unit[] {
  const units: Unit[] = [];
  for (const layer of layers) {
    const name = blockOf(layer.name);
    const unit = units.at(-1);
    if (unit?.name === name) unit.layers.push(layer);
    else units.push({ name, layers: [layer] });
  }
  return units;
}

/** The block that a module belongs to: PyTorch numbers repeated blocks, as in `features.3.conv.0`, which belongs to `features.3`. */
function blockOf(name: string): string {
  return /^.*?\.\d+(?=\.|$)/.exec(name)?.[0] ?? name;
}

function outputOf({ layers }: Unit): Shape {
  return layers[layers.length - 1].output.shape;
}

function groupOf(units: readonly Unit[], rows: readonly LayerSummary[]): ModuleGroup {
  const [first, last] = [units[0], units[units.length - 1]];
  const modulesOf = ({ layers }: Unit) => withInner(layers).map(({ index }) => rows[index]);
  const modules = units.flatMap(modulesOf);
  return {
    first: first.name,
    last: last.name,
    blocks: units.filter((unit) => modulesOf(unit).length > 1).length,
    layers: units.flatMap(({ layers }) => layers),
    modules: modules.length,
    output: outputOf(last),
    parameters: modules.reduce((sum, { parameters }) => sum + parameters, 0),
    multiplyAdds: modules.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0),
  };
}
