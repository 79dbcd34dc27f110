/** The presets, and the fields of a model file and of every layer, from their schemas. */
import * as z from 'zod';
import { table, thousands } from './markdown.js';
import { importSource } from './source.js';

const { layerSchemas, typeOfSchema } = await importSource('layers/index.ts');
const { documentSchema } = await importSource('models/document.ts');
const { architectureSchema } = await importSource('models/presetOptions.ts');
const { describePreset, designOf, optionsOf, preset, presetNames } = await importSource('models/presets.ts');
const { resolveModel } = await importSource('models/resolve.ts');

export function presetsTable() {
  const rows = presetNames.map((name) => {
    const { parameterCount, multiplyAdds } = resolveModel(preset(name, designOf(name)));
    return [
      `\`${name}\``,
      describePreset(name),
      optionsText(optionsOf(name)),
      thousands(parameterCount),
      `${(multiplyAdds / 1e6).toFixed(2)} M`,
    ];
  });
  return table(['preset', 'model', 'options', 'parameters', 'multiply-adds'], rows);
}

function optionsText(options) {
  const texts = Object.entries(options).map(([name, value]) => `\`${name}=${value}\``);
  return texts.length === 0 ? '–' : texts.join(', ');
}

/** The options that presets can have. */
export function presetOptionFields() {
  return fieldsTable(architectureSchema.shape);
}

export function documentFields() {
  return fieldsTable(documentSchema.shape);
}

/** The fields that every layer has. */
export function commonFields() {
  const [{ shape }] = layerSchemas;
  return fieldsTable({
    type: z.string().describe('Kind of layer: one of the headings below'),
    name: shape.name,
  });
}

/** `type` and `name`, which come first in every layer. */
const COMMON_FIELDS = 2;

/** A section for each kind of layer. */
export function layerSections() {
  const sections = layerSchemas.map((schema) => {
    const fields = Object.fromEntries(Object.entries(schema.shape).slice(COMMON_FIELDS));
    const rows = Object.keys(fields).length === 0 ? [] : [fieldsTable(fields)];
    return [`### ${typeOfSchema(schema)}`, z.globalRegistry.get(schema).description, ...rows].join('\n\n');
  });
  return sections.sort().join('\n\n');
}

function fieldsTable(fields) {
  const rows = Object.entries(fields).map(([name, field]) => {
    const { description, defaultText, ...meta } = z.globalRegistry.get(field) ?? {};
    const value = 'default' in meta ? `\`${JSON.stringify(meta.default)}\`` : (defaultText ?? 'required');
    return [`\`${name}\``, typeOf(jsonSchemaOf(field)), value, description];
  });
  return table(['field', 'type', 'default', 'meaning'], rows);
}

/** The JSON schema of a field; that of layers refers to itself. */
function jsonSchemaOf(field) {
  const { $defs, ...root } = z.toJSONSchema(field, { unrepresentable: 'any' });
  let schema = root;
  while (schema.$ref !== undefined) schema = $defs[schema.$ref.split('/').at(-1)];
  return schema;
}

/** A JSON schema in words. */
function typeOf({ type, const: constant, anyOf, prefixItems, items, ...limits }) {
  if (constant !== undefined) return `\`${JSON.stringify(constant)}\``;
  if (anyOf !== undefined) return anyOf.map(typeOf).join(', or ');
  if (prefixItems !== undefined)
    return prefixItems.length === 2
      ? '`[vertical, horizontal]`'
      : `${prefixItems.length} × ${typeOf(prefixItems[0])}`;
  if (type === 'array') return items?.type === 'number' ? 'list of numbers' : 'list of layers';
  return `${type}${rangeOf(type, limits)}`;
}

function rangeOf(type, { minimum, maximum, exclusiveMaximum }) {
  const limits = [
    ...(minimum > Number.MIN_SAFE_INTEGER ? [`≥ ${minimum}`] : []),
    ...(maximum < Number.MAX_SAFE_INTEGER ? [`≤ ${maximum}`] : []),
    ...(exclusiveMaximum === undefined ? [] : [`< ${exclusiveMaximum}`]),
  ];
  return limits.length === 0 ? '' : ` ${limits.join(', ')}`;
}
