import { useState } from 'preact/hooks';
import type { Run } from '#inkling/server/apiSchemas.js';
import { ClassTable } from './classTable.js';
import { ConfusionMatrix } from './confusionMatrix.js';
import { Gallery } from './gallery.js';
import type { Selection } from './selection.js';

type Summary = NonNullable<Run['summary']>;

/** Where a run errs on the test images; a cell shows the images it counts. */
export function ConfusionPanel(props: { run: string; summary: Summary; test: NonNullable<Summary['test']> }) {
  const { run, summary, test } = props;
  const [selection, setSelection] = useState<Selection>();
  return (
    <section class="card" aria-label="Test images">
      <header class="title">
        <h2>Where it errs</h2>
        <button
          type="button"
          onClick={() => {
            setSelection('mistakes');
          }}
        >
          Show all {test.total - test.correct} mistakes
        </button>
      </header>
      <div class="confusion-row">
        <ConfusionMatrix
          classes={summary.dataset.classes}
          confusion={test.confusion}
          chosen={selection === 'mistakes' ? undefined : selection}
          onChoose={setSelection}
        />
        <ClassTable classes={summary.dataset.classes} perClass={test.perClass} />
      </div>
      {selection && <Gallery run={run} summary={summary} selection={selection} />}
    </section>
  );
}
