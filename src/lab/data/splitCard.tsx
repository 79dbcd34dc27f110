import { classBalance } from '#inkling/index.js';
import { Choice } from '../../components/choice.js';
import { Notice } from '../../components/notice.js';
import { Terms } from '../glossary/terms.js';
import { text } from '../text/text.js';
import { balance, type Collection, usedClasses } from './collection.js';
import { countParts, SPLIT_NAMES } from './splits.js';

/** How the examples are divided, and whether there are as many of each class. */
export function SplitCard(props: {
  collection: Collection;
  onChange: (next: (collection: Collection) => Collection) => void;
}) {
  const { collection, onChange } = props;
  const { split } = collection;
  const sizes = usedClasses(collection).map(({ examples }) => examples.length);
  const fewest = Math.min(...sizes);
  return (
    <section class="card split" aria-label={text.data.split}>
      <Choice
        class="target"
        label={text.data.split}
        value={split}
        options={SPLIT_NAMES.map((name) => [name, text.data.splits[name]])}
        onChange={(chosen) => {
          onChange((before) => (before.split === chosen ? before : { ...before, split: chosen }));
        }}
      />
      <p class="muted">{text.data.splitHint}</p>
      <Terms names={['training', 'validation', 'test']} />
      <Imbalance collection={collection} />
      <button
        type="button"
        disabled={sizes.every((size) => size === fewest)}
        onClick={() => {
          onChange(balance);
        }}
      >
        {text.data.balance(fewest)}
      </button>
    </section>
  );
}

/** A warning if some class has many more training images than another. */
function Imbalance({ collection }: { collection: Collection }) {
  const classes = usedClasses(collection);
  const counts = classes.map(({ examples }) => countParts(examples.length, collection.split).train);
  const { largest, smallest, ratio, isImbalanced } = classBalance(counts);
  if (!isImbalanced) return null;
  const [most, least] = [largest, smallest].map(({ label, images }) => ({
    name: classes[label].name,
    images,
  }));
  return <Notice>{text.data.imbalanced(most, ratio, least)}</Notice>;
}
