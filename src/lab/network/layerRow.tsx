import type { Layer } from '#inkling/index.js';
import { formatDimensions } from '../../components/format.js';
import { text } from '../text/text.js';
import { type Field, fieldsOf } from './layerFields.js';
import type { ResolvedRow } from './network.js';

/** A layer: its numbers, which can be changed, its output, and what is wrong with it. */
export function LayerRow(props: {
  layer: Layer;
  row: ResolvedRow;
  /** Whether its outputs are the classes, whose number is that of the examples. */
  isOutput: boolean;
  canMove: readonly [up: boolean, down: boolean];
  onChange: (layer: Layer) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}) {
  const { layer, row, isOutput, canMove, onChange, onMove, onRemove } = props;
  const { output, parameters, error } = row;
  const title = text.network.types[layer.type] ?? layer.type;
  const label = `${title} (${layer.name ?? layer.type})`;
  return (
    <li class={error === undefined ? 'layer' : 'layer broken'}>
      <span class="layer-name">
        {title}
        <span class="muted">{isOutput ? text.network.classesHint : text.network.hints[layer.type]}</span>
      </span>
      <span class="fields">
        {!isOutput &&
          fieldsOf(layer).map((field) => <NumberField key={field.name} field={field} onChange={onChange} />)}
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
      {error !== undefined && (
        <p class="negative" role="alert">
          {error}
        </p>
      )}
    </li>
  );
}

function NumberField({ field, onChange }: { field: Field; onChange: (layer: Layer) => void }) {
  const { name, value, min, max, step, change } = field;
  return (
    <label>
      {text.network.fields[name]}
      <input
        type="number"
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
