/**
 * The area under the receiver operating characteristic: the probability that an image inside the distribution scores higher
 * than one outside, where ties count half. 1 separates the two perfectly, 0.5 is chance.
 */
export function auroc(inside: readonly number[], outside: readonly number[]): number {
  const all = [
    ...inside.map((score) => ({ score, isInside: true })),
    ...outside.map((score) => ({ score, isInside: false })),
  ].sort((a, b) => a.score - b.score);
  let wins = 0;
  let below = 0;
  for (let start = 0; start < all.length;) {
    let end = start;
    let tied = 0;
    while (end < all.length && all[end].score === all[start].score) tied += Number(!all[end++].isInside);
    wins += (end - start - tied) * (below + tied / 2);
    below += tied;
    start = end;
  }
  return wins / (inside.length * outside.length);
}
