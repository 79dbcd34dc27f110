/** A longer list is cut, because a model may have hundreds of classes. */
const MAX_LISTED = 50;
/** Longer names are not compared, which would take too long. */
const MAX_COMPARED = 100;

/**
 * What every error says about a name that is not known: `unknown recipe "bset" (did you mean "best"?); expected best, fast or small`.
 *
 * @param known the names, which may be similar
 * @param expected what is expected, if not one of these names, or where they are listed
 */
export function unknownName(
  what: string,
  name: string,
  known: readonly string[],
  expected = `expected ${listNames(known)}`,
): string {
  const near = closestName(name, known);
  const hint = near === undefined ? '' : ` (did you mean "${near}"?)`;
  return `unknown ${what} "${name}"${hint}; ${expected}`;
}

/** `a, b or c` */
export function listNames(names: readonly string[]): string {
  const listed =
    names.length <= MAX_LISTED
      ? names
      : [...names.slice(0, MAX_LISTED), `one of ${names.length - MAX_LISTED} more`];
  return listed.length < 2
    ? listed.join('')
    : `${listed.slice(0, -1).join(', ')} or ${listed[listed.length - 1]}`;
}

/** The known name that is closest to another one, if any is close enough. */
export function closestName(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const each of known) {
    // Short names are similar only if they share a character.
    const limit = Math.min(Math.max(2, Math.floor(each.length / 3)), each.length - 1);
    const isComparable = Math.abs(each.length - name.length) <= limit && each.length <= MAX_COMPARED;
    const distance = isComparable ? editDistance(name.toLowerCase(), each.toLowerCase()) : Infinity;
    if (distance > limit || distance >= least) continue;
    [best, least] = [each, distance];
  }
  return best;
}

/** How many characters must be inserted, removed or replaced to get one text from another (Levenshtein distance). */
function editDistance(from: string, to: string): number {
  const row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    let diagonal = row[0];
    row[0] = i;
    for (let j = 1; j <= to.length; j++) {
      const replaced = diagonal + Number(from[i - 1] !== to[j - 1]);
      diagonal = row[j];
      row[j] = Math.min(replaced, row[j] + 1, row[j - 1] + 1);
    }
  }
  return row[to.length];
}
