import type { Layer } from '../../layers/index.js';
import { literalOf } from './literal.js';

/** A layer as a call of its function in the library, with those inside it on lines of their own. */
export function layerLines(layer: Layer, indent: string): string[] {
  const { type, name, ...others } = layer;
  const options = name === undefined ? others : { name, ...others };
  if (!('layers' in options)) {
    return [`${indent}${type}(${Object.keys(options).length === 0 ? '' : literalOf(options)}),`];
  }
  const inner = `${indent}  `;
  const lines = Object.entries(options).flatMap(([key, value]) =>
    isLayers(value)
      ? [`${inner}${key}: [`, ...value.flatMap((each) => layerLines(each, `${inner}  `)), `${inner}],`]
      : value === undefined
        ? []
        : [`${inner}${key}: ${literalOf(value)},`],
  );
  return [`${indent}${type}({`, ...lines, `${indent}}),`];
}

function isLayers(value: unknown): value is readonly Layer[] {
  return Array.isArray(value);
}
