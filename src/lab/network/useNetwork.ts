import { useMemo } from 'preact/hooks';
import type { Layer, PresetOptions } from '#inkling/index.js';
import { useHistory } from '../useHistory.js';
import { NEW_LAYERS, type NewLayerType } from './layerFields.js';
import {
  type Network,
  networkOf,
  networkOfWorking,
  type OwnPreset,
  ownNetwork,
  pretrainedNetwork,
  type WorkingNetwork,
} from './network.js';
import { outputLayerOf } from './outputLayer.js';
import type { Pretrained } from './pretrained/pretrained.js';

/**
 * The network that is being built, with its history and its changes.
 *
 * @param saved the one to start with
 */
export function useNetwork(options: PresetOptions, saved: WorkingNetwork | undefined) {
  const history = useHistory<Network>(() =>
    saved === undefined ? networkOf('report-cnn', options) : networkOfWorking(saved),
  );
  const { change } = history;
  const { input, classes } = options;
  const changes = useMemo(() => {
    const edit = (editLayers: (layers: readonly Layer[]) => readonly Layer[]) => {
      change(({ layers, probesWithZeros }) => ownNetwork(editLayers(layers), probesWithZeros));
    };
    return {
      choose: (name: OwnPreset) => {
        change(() => networkOf(name, { input, classes }));
      },
      /** @param replaced the network when it was chosen: another one that was chosen while it was loaded stays */
      choosePretrained: (pretrained: Pretrained, replaced: Network) => {
        change((current) => (current === replaced ? pretrainedNetwork(pretrained) : current));
      },
      replace: (position: number, layer: Layer) => {
        edit((layers) => layers.with(position, layer));
      },
      remove: (position: number) => {
        edit((layers) => layers.toSpliced(position, 1));
      },
      /** Moves a layer by one position. */
      move: (position: number, by: 1 | -1) => {
        edit((layers) => layers.toSpliced(position, 1).toSpliced(position + by, 0, layers[position]));
      },
      /** Adds a layer before the output layer. */
      add: (type: NewLayerType) => {
        edit((layers) => {
          const output = outputLayerOf(layers);
          const layer = { ...NEW_LAYERS[type], name: freeName(type, layers) };
          return layers.toSpliced(output === -1 ? layers.length : output, 0, layer);
        });
      },
    };
  }, [change, input, classes]);
  return { ...history, ...changes };
}

/** Names of layers are those of their weights, and must differ. */
function freeName(type: string, layers: readonly Layer[]): string {
  let n = 1;
  while (layers.some(({ name }) => name === `${type}${n}`)) n++;
  return `${type}${n}`;
}
