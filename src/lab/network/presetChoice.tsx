import { Choice } from '../../components/choice.js';
import { FileButton } from '../../components/fileButton.js';
import { Notice } from '../../components/notice.js';
import { text } from '../text/text.js';
import type { Lab } from '../useLab.js';
import { type LabPreset, PRESETS, PRETRAINED } from './network.js';
import { usePretrained } from './pretrained/usePretrained.js';

/** The network to start from: for large photos, also one that others have trained. */
export function PresetChoice({ lab }: { lab: Lab }) {
  const { network } = lab;
  const { preset } = network.value;
  const pretrained = usePretrained(lab);
  const offersPretrained = pretrained.isAvailable || preset === PRETRAINED;
  const names: readonly LabPreset[] = offersPretrained ? [...PRESETS, PRETRAINED] : PRESETS;
  return (
    <>
      <Choice<LabPreset | ''>
        class="preset"
        label={text.network.preset}
        value={preset ?? ''}
        options={[
          ...(preset === undefined ? [['', text.network.changed] as const] : []),
          ...names.map((name) => [name, text.network.presets[name]] as const),
        ]}
        onChange={(chosen) => {
          if (chosen === PRETRAINED) void pretrained.choose();
          else if (chosen !== '') network.choose(chosen);
        }}
      />
      {pretrained.isNeeded && (
        <div class="button-group tools">
          <FileButton
            label={text.network.pretrained.open}
            hint={text.network.pretrained.openHint}
            accept=".safetensors"
            onFiles={([file]) => {
              void pretrained.open(file);
            }}
          />
        </div>
      )}
      {pretrained.isLoading && <Notice>{text.network.pretrained.loading}</Notice>}
      {pretrained.problem !== undefined && <Notice isError>{pretrained.problem}</Notice>}
    </>
  );
}
