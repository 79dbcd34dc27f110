import { orDash } from '../../components/format.js';
import { PRESETS, PRETRAINED } from '../network/network.js';
import { text } from '../text/text.js';
import { differencesOf, isShown, MAX_SHOWN, tonesOf } from './compareRuns.js';
import { bestEpoch, type TrainingRun } from './trainingRun.js';
import type { Training } from './useTraining.js';

/** The runs so far, once there are several, with what distinguishes them; the earlier ones can be hidden and forgotten. */
export function RunsTable({ training }: { training: Training }) {
  const { run: current, earlier, runs } = training;
  if (earlier.length === 0) return null;
  const tones = tonesOf(earlier);
  const differences = differencesOf(runs);
  const { columns } = text.training;
  return (
    <section class="card" aria-label={text.training.runs}>
      <h2>{text.training.runs}</h2>
      <p class="muted">{text.training.runsIntro}</p>
      <div class="table-scroll" tabIndex={0} role="region" aria-label={text.training.runsTable}>
        {/* The roles remain where phones show the rows as blocks. */}
        <table class="runs" role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col">{columns.name}</th>
              <th scope="col">{columns.network}</th>
              <th scope="col">{columns.differences}</th>
              {[text.training.bestAccuracy, text.training.epochs, columns.seconds].map((title) => (
                <th key={title} scope="col" class="number">
                  {title}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody role="rowgroup">
            {runs.map((run, i) => (
              <RunRow
                key={run.id}
                run={run}
                differences={differences[i]}
                earlier={
                  run.id === current.id
                    ? undefined
                    : { training, tone: tones.get(run.id), isFull: tones.size >= MAX_SHOWN }
                }
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What an earlier run has besides its numbers. */
interface Earlier {
  readonly training: Training;
  /** Undefined while it is hidden. */
  readonly tone: string | undefined;
  /** Whether no more runs can be shown. */
  readonly isFull: boolean;
}

function RunRow(props: { run: TrainingRun; differences: readonly string[]; earlier: Earlier | undefined }) {
  const { run, differences, earlier } = props;
  const { id, name, epochs } = run;
  const { columns } = text.training;
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        {earlier === undefined ? text.training.currentRun(name) : <ShowRun run={run} {...earlier} />}
      </th>
      <Cell title={columns.network}>{networkTitle(run)}</Cell>
      <Cell title={columns.differences}>{differences.join(', ') || '–'}</Cell>
      <Cell title={text.training.bestAccuracy} isNumber>
        {orDash(bestEpoch(run)?.validationAccuracy, text.percent)}
      </Cell>
      <Cell title={text.training.epochs} isNumber>
        {text.count(epochs.length)}
      </Cell>
      <Cell title={columns.seconds} isNumber>
        {text.number(Number(epochs.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1)))}
      </Cell>
      <td role="cell">
        {earlier !== undefined && (
          <button
            type="button"
            class="icon"
            aria-label={text.training.forget(name)}
            title={text.training.forget(name)}
            onClick={() => {
              earlier.training.forget(id);
            }}
          >
            ×
          </button>
        )}
      </td>
    </tr>
  );
}

/** A cell with the title of its column, which phones show next to it. */
function Cell(props: { title: string; isNumber?: boolean; children: string }) {
  const { title, isNumber = false, children } = props;
  return (
    <td role="cell" data-title={title} class={isNumber ? 'number' : ''}>
      {children}
    </td>
  );
}

/** Whether the curves of a run are shown, and which they are. */
function ShowRun({ run, training, tone, isFull }: Earlier & { run: TrainingRun }) {
  const isDisabled = isFull && tone === undefined;
  return (
    <label title={isDisabled ? text.training.tooManyShown(MAX_SHOWN) : undefined}>
      <input
        type="checkbox"
        checked={isShown(run)}
        disabled={isDisabled}
        onChange={({ currentTarget }) => {
          training.show(run.id, currentTarget.checked);
        }}
      />
      <span class={`swatch ${tone ?? ''}`} aria-hidden />
      {run.name}
    </label>
  );
}

function networkTitle({ task }: TrainingRun): string {
  if (task?.pretrained !== undefined) return text.network.presets[PRETRAINED];
  const preset = PRESETS.find((each) => each === task?.model.name);
  return preset === undefined ? text.network.changed : text.network.presets[preset];
}
