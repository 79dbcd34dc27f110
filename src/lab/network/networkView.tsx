import { useState } from 'preact/hooks';
import type { Layer } from '#inkling/index.js';
import { formatDimensions } from '../../components/format.js';
import { countTraining } from '../data/splitExamples.js';
import { NextLink } from '../nextLink.js';
import { text } from '../text/text.js';
import { defaultSettings } from '../training/settings.js';
import { UndoButtons } from '../undoButtons.js';
import { useUndoKeys } from '../undoKeys.js';
import type { Lab } from '../useLab.js';
import { NEW_LAYER_TYPES, type NewLayerType } from './layerFields.js';
import { LayerRow } from './layerRow.js';
import { typeTitle } from './layerTitle.js';
import { PRETRAINED, type ResolvedNetwork, resolveNetwork } from './network.js';
import { outputLayerOf } from './outputLayer.js';
import { PresetChoice } from './presetChoice.js';
import { PretrainedLayers } from './pretrained/pretrainedLayers.js';
import { secondsPerEpoch, type Speed } from './speed.js';
import { SpeedButton } from './speedButton.js';
import { Totals } from './totals.js';

/** The network as a stack of layers, which can be changed. */
export function NetworkView({ lab }: { lab: Lab }) {
  const { network, resolved, dataset, networkOptions } = lab;
  const { layers, preset } = network.value;
  const isPretrained = preset === PRETRAINED;
  const output = outputLayerOf(layers);
  const { input: shape } = networkOptions;
  useUndoKeys(network);
  const [speed, setSpeed] = useState<Speed>();
  const images = dataset && countTraining(dataset);
  const { batchSize } = { ...defaultSettings(images ?? 0), ...lab.training.settings };
  const secondsOf = (multiplyAdds: number) =>
    speed && images !== undefined && !isPretrained ? secondsPerEpoch(speed, images, multiplyAdds) : undefined;
  const describeChange = (position: number, layer: Layer) => {
    const changed = { ...network.value, layers: layers.with(position, layer) };
    return describeDifference(resolved, resolveNetwork(changed, networkOptions), secondsOf);
  };
  return (
    <div class="network-view">
      <section class="card">
        <h1>{text.network.title}</h1>
        <p>{text.network.intro}</p>
        <PresetChoice lab={lab} />
        <div class="button-group tools">
          <UndoButtons history={network} />
        </div>
        <Totals
          totals={resolved.totals}
          seconds={resolved.totals && secondsOf(resolved.totals.multiplyAdds)}
        />
        {!isPretrained && (
          <SpeedButton
            model={images === undefined ? undefined : resolved.model}
            batchSize={batchSize}
            onSpeed={setSpeed}
          />
        )}
      </section>
      <section class="card" aria-label={text.network.layers}>
        <p class="layer input">
          <span class="layer-name">{text.network.input}</span>
          <span class="shape">{formatDimensions(shape)}</span>
        </p>
        {isPretrained ? (
          <PretrainedLayers network={network.value} rows={resolved.rows} />
        ) : (
          <>
            <ol class="layers">
              {layers.map((layer, i) => (
                <LayerRow
                  key={layer.name ?? i}
                  layer={layer}
                  row={resolved.rows[i]}
                  isOutput={i === output}
                  canMove={[i > 0, i < layers.length - 1]}
                  describeChange={(changed) => describeChange(i, changed)}
                  onChange={(changed) => {
                    network.replace(i, changed);
                  }}
                  onMove={(by) => {
                    network.move(i, by);
                  }}
                  onRemove={() => {
                    network.remove(i);
                  }}
                />
              ))}
            </ol>
            <AddLayer onAdd={network.add} />
          </>
        )}
      </section>
      <NextLink to="training" isReady={resolved.model !== undefined}>
        {resolved.model === undefined && !isPretrained ? text.network.broken : ''}
      </NextLink>
    </div>
  );
}

function AddLayer({ onAdd }: { onAdd: (type: NewLayerType) => void }) {
  const [type, setType] = useState<NewLayerType>('conv2d');
  return (
    <div class="button-group add-layer">
      <select
        aria-label={text.network.addType}
        value={type}
        onChange={({ currentTarget }) => {
          setType(NEW_LAYER_TYPES.find((each) => each === currentTarget.value) ?? type);
        }}
      >
        {NEW_LAYER_TYPES.map((each) => (
          <option key={each} value={each}>
            {typeTitle(each)}
          </option>
        ))}
      </select>
      <button
        type="button"
        onClick={() => {
          onAdd(type);
        }}
      >
        {text.network.add}
      </button>
    </div>
  );
}

/** What it costs to change a network; undefined if the network does not work. */
function describeDifference(
  { totals: before }: ResolvedNetwork,
  { totals: after }: ResolvedNetwork,
  secondsOf: (multiplyAdds: number) => number | undefined,
): string | undefined {
  if (before === undefined) return undefined;
  if (after === undefined) return text.network.doesNotFit;
  const multiplyAdds = after.multiplyAdds - before.multiplyAdds;
  return text.network.change(after.parameters - before.parameters, multiplyAdds, secondsOf(multiplyAdds));
}
