import type { ComponentChildren } from 'preact';
import { Choice, type Option } from '../../components/choice.js';
import { Term, type TermName } from '../glossary/term.js';
import { text } from '../text/text.js';
import { BATCH_SIZES, type LabSettings, LEARNING_RATES, MAX_EPOCHS } from './settings.js';

/** The settings of the next training. */
export function SettingsForm(props: {
  settings: LabSettings;
  isDisabled: boolean;
  onChange: (change: Partial<LabSettings>) => void;
}) {
  const { settings, isDisabled, onChange } = props;
  return (
    <fieldset class="settings" disabled={isDisabled}>
      <legend>{text.training.settings}</legend>
      <Explained term="epoch">
        <label>
          {text.training.epochs}
          <input
            type="number"
            min={1}
            max={MAX_EPOCHS}
            value={settings.epochs}
            onChange={({ currentTarget }) => {
              if (currentTarget.checkValidity()) onChange({ epochs: currentTarget.valueAsNumber });
              else currentTarget.value = String(settings.epochs);
            }}
          />
        </label>
      </Explained>
      <Explained term="learningRate">
        <Choice
          label={text.training.learningRate}
          options={numbersOf(LEARNING_RATES)}
          value={settings.learningRate}
          onChange={(learningRate) => {
            onChange({ learningRate });
          }}
        />
      </Explained>
      <Explained term="batch">
        <Choice
          label={text.training.batchSize}
          options={numbersOf(BATCH_SIZES)}
          value={settings.batchSize}
          onChange={(batchSize) => {
            onChange({ batchSize });
          }}
        />
      </Explained>
      <Explained term="vary">
        <label class="check">
          <input
            type="checkbox"
            checked={settings.varied}
            onChange={({ currentTarget }) => {
              onChange({ varied: currentTarget.checked });
            }}
          />{' '}
          {text.training.vary}
        </label>
      </Explained>
      {('gpu' in navigator || settings.gpu) && (
        <div class="gpu">
          <label class="check">
            <input
              type="checkbox"
              checked={settings.gpu}
              aria-describedby="gpu-hint"
              onChange={({ currentTarget }) => {
                onChange({ gpu: currentTarget.checked });
              }}
            />{' '}
            {text.training.gpu}
          </label>
          <p id="gpu-hint" class="muted">
            {text.training.gpuHint}
          </p>
        </div>
      )}
    </fieldset>
  );
}

/** A field, and what explains its name: outside the label, of whose name it would become a part. */
function Explained({ term, children }: { term: TermName; children: ComponentChildren }) {
  return (
    <div class="explained">
      {children}
      <Term name={term} />
    </div>
  );
}

function numbersOf(values: readonly number[]): readonly Option<number>[] {
  return values.map((each) => [each, text.number(each)]);
}
