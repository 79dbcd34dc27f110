import { closest, distance } from 'fastest-levenshtein';

/** `unknown recipe "bset"; expected best, fast or small (did you mean "best"?)` */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  return `unknown ${what} "${name}"; expected ${listNames(known)}${similarHint(name, known)}`;
}

/** ` (did you mean "best"?)` if a known name is similar, otherwise an empty string. */
export function similarHint(name: string, known: readonly string[]): string {
  const near = closestName(name, known);
  return near === undefined ? '' : ` (did you mean "${near}"?)`;
}

/** `a, b or c` */
export function listNames(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}`;
}

/** ` Did you mean "mnist"?` if a known name is similar, otherwise an empty string. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = closestName(name, known);
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}

/** The known name that is similar to another one, if there is one. */
function closestName(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const best = closest(name.toLowerCase(), known);
  return distance(name.toLowerCase(), best) <= Math.max(2, Math.floor(best.length / 3)) ? best : undefined;
}
