import { capitalize } from '#inkling/core/format.js';
import { formatAugmentation } from '#inkling/plan/augmentation.js';
import type { Run } from '#inkling/server/apiSchemas.js';
import { numericSettings } from '#inkling/train/config.js';
import { factsOf } from '../runFacts.js';
import { comparisonClass, RunHeader } from './runHeader.js';

/** A row: what it is about, and what it is in each run. */
interface Row {
  readonly name: string;
  readonly values: readonly string[];
}

/** Results and settings of runs; what they have in common is less prominent. */
export function FactsTable({ runs }: { runs: readonly Run[] }) {
  const facts = runs.map(factsOf);
  const common = facts[0].map(([name], row): Row => ({ name, values: facts.map((each) => each[row][1]) }));
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Configuration and results">
      <table class={comparisonClass(runs)}>
        <RunHeader runs={runs} first="" />
        <tbody>
          {[...common, ...differentSettings(runs)].map(({ name, values }) => (
            <tr key={name} class={new Set(values).size === 1 ? 'same' : ''}>
              <th scope="row">{name}</th>
              {values.map((value, run) => (
                <td key={runs[run].name}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Settings that are always shown. */
const SHOWN: ReadonlySet<string> = new Set(['model', 'dataset', 'optimizer', 'learningRate', 'seed']);

/** The other settings that affect results, as far as they differ. */
function differentSettings(runs: readonly Run[]): Row[] {
  const settings = runs.map(({ config }) => {
    const augment = formatAugmentation(config.augment);
    return new Map<string, unknown>(Object.entries({ ...numericSettings(config), augment }));
  });
  const names = new Set(settings.flatMap((each) => [...each.keys()]));
  return [...names]
    .filter((name) => !SHOWN.has(name))
    .map((name) => ({ name: titleOf(name), values: settings.map((each) => textOf(each.get(name))) }))
    .filter(({ values }) => new Set(values).size > 1);
}

function textOf(value: unknown): string {
  if (value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `Batch size` of `batchSize` */
function titleOf(setting: string): string {
  return capitalize(setting.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
}
