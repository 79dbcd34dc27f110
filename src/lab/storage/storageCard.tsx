import { ConfirmedButton } from '../confirmedButton.js';
import { text } from '../text/text.js';
import type { LabStorage } from './openStorage.js';
import { resetLab } from './resetLab.js';
import { describeProblem } from './storageProblem.js';

/** What is kept on the device, and how to remove it. */
export function StorageCard({ storage: { store, problem } }: { storage: LabStorage }) {
  const { title, intro, removeAll, confirm, remove, keep } = text.training.storage;
  // Only the other tab can remove what it keeps.
  const isElsewhere = problem?.code === 'otherTab';
  return (
    <section class="card storage" aria-label={title}>
      <h2>{title}</h2>
      <p class="muted">{intro}</p>
      {isElsewhere && <p>{describeProblem(problem)}</p>}
      <ConfirmedButton
        label={removeAll}
        question={confirm}
        yes={remove}
        no={keep}
        isDisabled={isElsewhere}
        onConfirm={() => {
          void resetLab(store);
        }}
      />
    </section>
  );
}
