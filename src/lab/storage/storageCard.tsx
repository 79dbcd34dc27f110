import { useState } from 'preact/hooks';
import { text } from '../text/text.js';
import type { Store } from './store.js';

/** What is kept on the device, and how to remove it. */
export function StorageCard({ store }: { store: Store }) {
  const [isAsking, setAsking] = useState(false);
  const { title, intro, removeAll, confirm, remove, keep } = text.training.storage;
  const clear = async () => {
    await store.clear();
    location.reload();
  };
  return (
    <section class="card storage" aria-label={title}>
      <h2>{title}</h2>
      <p class="muted">{intro}</p>
      {isAsking ? (
        <div class="button-group" role="group" aria-label={confirm}>
          <p>{confirm}</p>
          <button
            type="button"
            class="primary"
            onClick={() => {
              void clear();
            }}
          >
            {remove}
          </button>
          <button
            type="button"
            onClick={() => {
              setAsking(false);
            }}
          >
            {keep}
          </button>
        </div>
      ) : (
        <button
          type="button"
          onClick={() => {
            setAsking(true);
          }}
        >
          {removeAll}
        </button>
      )}
    </section>
  );
}
