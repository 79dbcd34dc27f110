import { useId, useState } from 'preact/hooks';
import type { Layer } from '#inkling/index.js';
import { formatDimensions } from '../../components/format.js';
import { text } from '../text/text.js';
import { type Field, fieldsOf } from './layerFields.js';
import { layerTitle, typeTitle } from './layerTitle.js';
import type { ResolvedRow } from './network.js';

/** A layer: its numbers, which can be changed, its output, and what is wrong with it. */
export function LayerRow(props: {
  layer: Layer;
  row: ResolvedRow;
  /** Whether its outputs are the classes, whose number is that of the examples. */
  isOutput: boolean;
  canMove: readonly [up: boolean, down: boolean];
  /** What would change with another version of the layer; undefined while the network does not work. */
  describeChange: (layer: Layer) => string | undefined;
  onChange: (layer: Layer) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}) {
  const { layer, row, isOutput, canMove, describeChange, onChange, onMove, onRemove } = props;
  const [focused, setFocused] = useState<Field['name']>();
  const fields = isOutput ? [] : fieldsOf(layer);
  const field = fields.find(({ name }) => name === focused);
  const hintId = useId();
  const { output, parameters, error } = row;
  const title = typeTitle(layer.type);
  const label = layerTitle(layer.type, layer.name ?? layer.type);
  return (
    <li class={error === undefined ? 'layer' : 'layer broken'}>
      <span class="layer-name">
        {title}
        <span class="muted">{isOutput ? text.network.classesHint : text.network.hints[layer.type]}</span>
      </span>
      <span class="fields">
        {fields.map((each) => (
          <NumberField
            key={each.name}
            field={each}
            hintId={each === field ? hintId : undefined}
            onChange={onChange}
            onFocus={setFocused}
          />
        ))}
      </span>
      <span class="shape">
        {output === undefined ? '–' : formatDimensions(output)}
        <span class="muted">
          {parameters === 0 ? text.network.noParameters : text.network.parameters(parameters)}
        </span>
      </span>
      <span class="button-group moves">
        {([-1, 1] as const).map((by) => (
          <button
            key={by}
            type="button"
            class="icon"
            disabled={!canMove[by === -1 ? 0 : 1]}
            aria-label={by === -1 ? text.network.moveUp(label) : text.network.moveDown(label)}
            onClick={() => {
              onMove(by);
            }}
          >
            {by === -1 ? '↑' : '↓'}
          </button>
        ))}
        <button type="button" class="icon" aria-label={text.network.remove(label)} onClick={onRemove}>
          ×
        </button>
      </span>
      {field !== undefined && <WhatIf field={field} id={hintId} describeChange={describeChange} />}
      {error !== undefined && (
        <p class="negative" role="alert" dir="auto">
          {error}
        </p>
      )}
    </li>
  );
}

/** What the next larger and the next smaller value of a field would change. */
function WhatIf(props: { field: Field; id: string; describeChange: (layer: Layer) => string | undefined }) {
  const { field, id, describeChange } = props;
  const { name, value, min, max, step, change } = field;
  const hints = [value + step, value - step]
    .filter((other) => other >= min && other <= max)
    .flatMap((other) => {
      // Steps below 1 are not exact.
      const rounded = Number(other.toFixed(1));
      const described = describeChange(change(rounded));
      return described === undefined
        ? []
        : text.network.whatIf(text.network.fields[name], rounded, described);
    });
  if (hints.length === 0) return null;
  return (
    <p class="muted what-if" id={id}>
      {hints.map((hint) => (
        <span key={hint}>{hint}</span>
      ))}
    </p>
  );
}

function NumberField(props: {
  field: Field;
  /** What describes it. */
  hintId: string | undefined;
  onChange: (layer: Layer) => void;
  onFocus: (name: Field['name'] | undefined) => void;
}) {
  const { field, hintId, onChange, onFocus } = props;
  const { name, value, min, max, step, change } = field;
  return (
    <label>
      {text.network.fields[name]}
      <input
        type="number"
        aria-describedby={hintId}
        onFocus={() => {
          onFocus(name);
        }}
        onBlur={() => {
          onFocus(undefined);
        }}
        value={value}
        min={min}
        max={max}
        step={step}
        onChange={({ currentTarget }) => {
          if (currentTarget.checkValidity()) onChange(change(currentTarget.valueAsNumber));
          else currentTarget.value = String(value);
        }}
      />
    </label>
  );
}
