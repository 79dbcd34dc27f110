import { useState } from 'preact/hooks';
import { Thumbnail } from '../../components/thumbnail.js';
import { text } from '../text/text.js';
import {
  type Collection,
  type ExampleClass,
  INPUTS,
  MIN_EXAMPLES,
  moveExample,
  removeClass,
  removeExample,
  renameClass,
} from './collection.js';
import { countParts } from './splits.js';

/** So many examples are shown at first. */
const MAX_SHOWN = 30;

/** A class with its examples, which can be selected, to be deleted or moved. */
export function ClassCard(props: {
  collection: Collection;
  own: ExampleClass;
  /** Whether drawings are added to it. */
  isTarget: boolean;
  /** The selected example. */
  selected: number | undefined;
  onSelect: (example: number | undefined) => void;
  onChange: (next: (collection: Collection) => Collection) => void;
}) {
  const { collection, own, isTarget, selected, onSelect, onChange } = props;
  const { id, name, examples } = own;
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? examples : examples.slice(0, MAX_SHOWN);
  const isSelected = examples.some((example) => example.id === selected);
  const remove = (example: number) => {
    onSelect(undefined);
    onChange((before) => removeExample(before, example));
  };
  return (
    <section class={isTarget ? 'card class-card target' : 'card class-card'} aria-label={name}>
      <header class="class-header">
        <input
          class="class-name-input"
          aria-label={text.data.className}
          value={name}
          onChange={({ currentTarget }) => {
            onChange((before) => renameClass(before, id, currentTarget.value));
            currentTarget.value = name;
          }}
        />
        <p class={examples.length > 0 && examples.length < MIN_EXAMPLES ? 'negative' : 'muted'}>
          {text.data.examples(examples.length)}
          {examples.length > 0 && examples.length < MIN_EXAMPLES && `, ${text.data.tooFew(MIN_EXAMPLES)}`}
        </p>
        <button
          type="button"
          class="icon"
          aria-label={text.data.removeClass(name)}
          title={text.data.removeClass(name)}
          onClick={() => {
            onChange((before) => removeClass(before, id));
          }}
        >
          ×
        </button>
      </header>
      {examples.length >= MIN_EXAMPLES && (
        <p class="muted parts">{text.data.parts(countParts(examples.length, collection.split))}</p>
      )}
      <ul class="examples">
        {shown.map((example, i) => (
          <li key={example.id}>
            <button
              type="button"
              aria-label={text.data.example(name, i + 1)}
              aria-pressed={example.id === selected}
              onClick={() => {
                onSelect(example.id === selected ? undefined : example.id);
              }}
              onKeyDown={({ key, currentTarget }) => {
                if (key !== 'Delete' && key !== 'Backspace') return;
                focusNeighbor(currentTarget);
                remove(example.id);
              }}
            >
              <Thumbnail shape={INPUTS[collection.kind].shape} pixels={example.pixels} />
            </button>
          </li>
        ))}
      </ul>
      {selected !== undefined && isSelected && (
        <SelectedTools
          collection={collection}
          own={own}
          selected={selected}
          onSelect={onSelect}
          onChange={onChange}
          onRemove={remove}
        />
      )}
      {examples.length > MAX_SHOWN && (
        <button
          type="button"
          class="link"
          onClick={() => {
            setWhole(!isWhole);
          }}
        >
          {isWhole ? text.data.showFewer : text.data.showAll(examples.length)}
        </button>
      )}
    </section>
  );
}

/** Keeps the focus in the list when its element is removed. */
function focusNeighbor(button: HTMLButtonElement): void {
  const item = button.closest('li');
  const neighbor = item?.nextElementSibling ?? item?.previousElementSibling;
  neighbor?.querySelector('button')?.focus();
}

/** What can be done with the selected example. */
function SelectedTools(props: {
  collection: Collection;
  own: ExampleClass;
  selected: number;
  onSelect: (example: number | undefined) => void;
  onChange: (next: (collection: Collection) => Collection) => void;
  onRemove: (example: number) => void;
}) {
  const { collection, own, selected, onSelect, onChange, onRemove } = props;
  return (
    <div class="button-group selected" role="group" aria-label={text.data.selected}>
      <button
        type="button"
        onClick={() => {
          onRemove(selected);
        }}
      >
        {text.data.deleteExample}
      </button>
      <select
        aria-label={text.data.moveTo}
        value=""
        onChange={({ currentTarget }) => {
          onSelect(undefined);
          onChange((before) => moveExample(before, selected, Number(currentTarget.value)));
        }}
      >
        <option value="" disabled>
          {text.data.moveTo}
        </option>
        {collection.classes
          .filter((each) => each !== own)
          .map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
      </select>
    </div>
  );
}
