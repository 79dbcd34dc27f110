/** The prefixes that DataParallel and torch.compile add to all names of weights. */
const PREFIXES: readonly string[] = ['module.', '_orig_mod.'];

/** The names of weights without the prefixes of wrappers that all of them have. */
export function withoutWrappers(names: readonly string[]): readonly string[] {
  const prefix = PREFIXES.find((each) => names.every((name) => name.startsWith(each)));
  if (names.length === 0 || prefix === undefined) return names;
  return withoutWrappers(names.map((name) => name.slice(prefix.length)));
}
