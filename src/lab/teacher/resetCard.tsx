import { useState } from 'preact/hooks';
import type { LabStorage } from '../storage/openStorage.js';
import { describeProblem } from '../storage/storageProblem.js';
import { text } from '../text/text.js';
import { resetLab } from './resetLab.js';

/** Removes everything, once that is confirmed. */
export function ResetCard({ storage: { store, problem } }: { storage: LabStorage }) {
  const [isAsking, setAsking] = useState(false);
  // Only the other tab can remove what it keeps.
  const isElsewhere = problem?.code === 'otherTab';
  return (
    <section class="card teacher-only" aria-label={text.teacher.reset}>
      <h2>{text.teacher.reset}</h2>
      <p role="status">{isAsking ? text.teacher.confirmReset : text.teacher.resetHint}</p>
      {isElsewhere && <p>{describeProblem(problem)}</p>}
      <div class="button-group">
        {isAsking && (
          <button
            type="button"
            class="primary"
            onClick={() => {
              void resetLab(store);
            }}
          >
            {text.teacher.resetNow}
          </button>
        )}
        <button
          type="button"
          disabled={isElsewhere}
          onClick={() => {
            setAsking(!isAsking);
          }}
        >
          {isAsking ? text.teacher.cancel : text.teacher.reset}
        </button>
      </div>
    </section>
  );
}
