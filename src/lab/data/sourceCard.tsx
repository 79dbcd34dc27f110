import { useState } from 'preact/hooks';
import { Notice } from '../../components/notice.js';
import { messageOf } from '../../components/format.js';
import { text } from '../text/text.js';
import { UndoButtons } from '../undoButtons.js';
import type { History } from '../useHistory.js';
import {
  EXAMPLE_KINDS,
  type Collection,
  countExamples,
  emptyCollection,
  type ExampleKind,
} from './collection.js';
import { loadDigits } from './digits.js';
import { SaveExamples } from './saveExamples.js';

/** What the examples are, and where to start. */
export function SourceCard({ history }: { history: History<Collection> }) {
  const { value: collection, change } = history;
  const [isLoading, setLoading] = useState(false);
  const [error, setError] = useState('');
  const isEmpty = countExamples(collection) === 0;
  const start = (kind: ExampleKind) => {
    change(({ split }) => emptyCollection(kind, text.data.classNames, split));
  };
  const useDigits = async () => {
    setLoading(true);
    setError('');
    try {
      const digits = await loadDigits();
      change(({ split }) => ({ ...digits, split }));
    } catch (failure) {
      setError(messageOf(failure));
    } finally {
      setLoading(false);
    }
  };
  return (
    <section class="card source">
      <h1>{text.data.title}</h1>
      <p>{text.data.intro}</p>
      <p class="privacy">{text.data.privacy}</p>
      <div class="button-group">
        <button
          type="button"
          class={isEmpty ? 'primary' : ''}
          disabled={isLoading}
          onClick={() => {
            void useDigits();
          }}
        >
          {isLoading ? text.data.generating : text.data.useDigits}
        </button>
        <UndoButtons history={history} />
        <button
          type="button"
          disabled={isEmpty}
          onClick={() => {
            start(collection.kind);
          }}
        >
          {text.data.startOver}
        </button>
        <SaveExamples collection={collection} />
      </div>
      {isEmpty && (
        <fieldset class="kinds">
          <legend>{text.data.kind}</legend>
          {EXAMPLE_KINDS.map((kind) => (
            <label key={kind}>
              <input
                type="radio"
                name="kind"
                checked={collection.kind === kind}
                onChange={() => {
                  start(kind);
                }}
              />{' '}
              {text.data.kinds[kind]}
            </label>
          ))}
          <p class="muted">{text.data.kindHints[collection.kind]}</p>
        </fieldset>
      )}
      {error !== '' && <Notice isError>{error}</Notice>}
    </section>
  );
}
