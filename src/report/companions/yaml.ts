/** A value that YAML can express. */
export type YamlValue = string | number | boolean | readonly YamlValue[] | YamlMapping;

/** Entries that are undefined are left out. */
type YamlMapping = { readonly [Name in string]: YamlValue | undefined };

/** The lines of a mapping in YAML 1.2. Strings are in quotes, as in JSON. */
export function yamlLines(mapping: YamlMapping): string[] {
  return Object.entries(mapping).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const inner = linesOf(value);
    return inner.isBlock
      ? [`${name}:`, ...inner.lines.map((line) => `  ${line}`)]
      : [`${name}: ${inner.lines[0]}`];
  });
}

function linesOf(value: YamlValue): { readonly lines: readonly string[]; readonly isBlock: boolean } {
  if (typeof value !== 'object') return { lines: [JSON.stringify(value)], isBlock: false };
  if (!isList(value)) return { lines: yamlLines(value), isBlock: true };
  const lines = value.flatMap((item) => {
    const [first, ...rest] = linesOf(item).lines;
    return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
  });
  return { lines, isBlock: true };
}

function isList(value: object): value is readonly YamlValue[] {
  return Array.isArray(value);
}
