/** Longer names are not compared, which would take too long. */
const MAX_COMPARED = 100;

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
