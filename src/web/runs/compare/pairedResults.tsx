import { formatCount, formatPValue } from '#inkling/core/format.js';
import { describePair } from '#inkling/runs/compare/describePair.js';
import { SIGNIFICANT } from '#inkling/runs/compare/statistics.js';
import type { Run } from '#inkling/server/apiSchemas.js';
import {
  comparisonSchema,
  type RunComparison,
  type RunPair,
} from '#inkling/server/runs/comparisonSchemas.js';
import { getJson, useLoaded } from '../../api.js';
import { Notice } from '../../../components/notice.js';

/** On how many of the same test images either of two runs is correct, for each pair, with McNemar's test. */
export function PairedResults({ runs }: { runs: readonly Run[] }) {
  const query = runs.map(({ name }) => `run=${encodeURIComponent(name)}`).join('&');
  // A run that ends has been tested.
  const states = runs.map(({ state }) => state).join(' ');
  const { value, error } = useLoaded(`${query} ${states}`, (signal) =>
    getJson(comparisonSchema, `api/comparison?${query}`, signal),
  );
  return (
    <section class="card" aria-labelledby="pairs">
      <h2 id="pairs">Differences on the test images</h2>
      {error !== undefined && <Notice isError>{error}</Notice>}
      {value === undefined && error === undefined && <Notice>Comparing the predictions…</Notice>}
      {value !== undefined && <Pairs {...value} />}
    </section>
  );
}

function Pairs({ runs, pairs }: RunComparison) {
  const problems = runs.filter(({ problem }) => problem !== undefined);
  const testSets = new Set(runs.flatMap(({ testSet }) => testSet ?? []));
  return (
    <>
      {problems.map(({ name, problem }) => (
        <Notice key={name}>
          {name} cannot be compared with others image by image: {problem}.
        </Notice>
      ))}
      {testSets.size > 1 && (
        <Notice>
          Only runs that were tested on the same images are compared with each other. There are{' '}
          {testSets.size} different sets of test images: {describeSets(runs)}.
        </Notice>
      )}
      {pairs.length > 0 && <PairTable pairs={pairs} />}
      {pairs.length === 1 && <Conclusion pair={pairs[0]} />}
      {pairs.length > 1 && (
        <p class="muted">
          p is that of McNemar’s exact test, and not adjusted for the number of pairs: of 20 pairs that are
          equally good, about one has p &lt; {SIGNIFICANT}.
        </p>
      )}
    </>
  );
}

/** `a and b; c` */
function describeSets(runs: RunComparison['runs']): string {
  const list = new Intl.ListFormat('en-US');
  const sets = new Map<number, string[]>();
  for (const { name, testSet } of runs) {
    if (testSet !== undefined) sets.set(testSet, [...(sets.get(testSet) ?? []), name]);
  }
  return [...sets.values()].map((names) => list.format(names)).join('; ');
}

function Conclusion({ pair }: { pair: RunPair }) {
  return <p class="conclusion">{describePair(pair.first, pair.second, pair)}.</p>;
}

function PairTable({ pairs }: { pairs: readonly RunPair[] }) {
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Pairs of runs">
      <table class="pairs">
        <thead>
          <tr>
            <th>Run A</th>
            <th>Run B</th>
            <th class="number">Accuracy of B minus A</th>
            <th class="number">Both correct</th>
            <th class="number">Only A</th>
            <th class="number">Only B</th>
            <th class="number">Neither</th>
            <th class="number">McNemar’s test</th>
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair) => (
            <tr key={`${pair.first}\n${pair.second}`}>
              <th scope="row">{pair.first}</th>
              <th scope="row">{pair.second}</th>
              <td class="number">{differenceOf(pair)}</td>
              {[pair.bothCorrect, pair.onlyFirst, pair.onlySecond, pair.bothWrong].map((count, i) => (
                <td key={i} class="number">
                  {formatCount(count)}
                </td>
              ))}
              <td class="number">
                {formatPValue(pair.pValue)}
                {pair.pValue < SIGNIFICANT && <b> significant</b>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** `+0.31 points` of percent */
function differenceOf({ bothCorrect, onlyFirst, onlySecond, bothWrong }: RunPair): string {
  const images = bothCorrect + onlyFirst + onlySecond + bothWrong;
  const points = (100 * (onlySecond - onlyFirst)) / images;
  return `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(2)} points`;
}
