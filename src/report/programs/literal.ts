/** A value of a record as an expression in TypeScript. */
export function literalOf(value: unknown): string {
  if (typeof value === 'string')
    return `'${JSON.stringify(value)
      .slice(1, -1)
      .replaceAll("'", String.raw`\'`)
      .replaceAll(String.raw`\"`, '"')}'`;
  if (Array.isArray(value)) return `[${value.map(literalOf).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return `{ ${entriesOf(value).join(', ')} }`;
  return String(value);
}

/** `name: value` for each property that is set. */
function entriesOf(object: object): string[] {
  return Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${/^\w+$/.test(name) ? name : literalOf(name)}: ${literalOf(value)}`);
}
