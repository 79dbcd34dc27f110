import { useState } from 'preact/hooks';
import { formatCount } from '#inkling/core/format.js';
import type { RunSummary } from '#inkling/runs/runSummary.js';
import { ClassTable } from './classTable.js';
import { ConfusionMatrix } from '../../components/charts/confusionMatrix.js';
import { Gallery } from './gallery.js';
import type { Selection } from './selection.js';

/** The scores of more classes are below the confusion matrix, which then has the whole width. */
const MAX_BESIDE = 20;

/** The errors of a run on the test images; selecting a cell shows its images. */
export function ConfusionPanel(props: {
  run: string;
  summary: RunSummary;
  test: NonNullable<RunSummary['test']>;
}) {
  const { run, summary, test } = props;
  const { classes } = summary.dataset;
  const [selection, setSelection] = useState<Selection>();
  return (
    <section class="card" aria-label="Test set">
      <header class="card-header">
        <h2>Errors on the test set</h2>
        <button
          type="button"
          onClick={() => {
            setSelection('errors');
          }}
        >
          Show all {formatCount(test.total - test.correct)} errors
        </button>
      </header>
      <div class={classes.length > MAX_BESIDE ? 'confusion-row stacked' : 'confusion-row'}>
        <ConfusionMatrix
          classes={classes}
          confusion={test.confusion}
          selected={selection === 'errors' ? undefined : selection}
          onSelect={setSelection}
        />
        <ClassTable classes={classes} perClass={test.perClass} />
      </div>
      {selection && <Gallery run={run} summary={summary} selection={selection} />}
    </section>
  );
}
