import { useCallback, useMemo, useState } from 'preact/hooks';
import type { Layer, PresetOptions } from '#inkling/index.js';
import { NEW_LAYERS, type NewLayerType } from './layerFields.js';
import { type LabPreset, type Network, networkOf, outputLayerOf } from './network.js';

/** The network that is being built, and its changes. */
export function useNetwork(options: PresetOptions) {
  const [network, setNetwork] = useState<Network>(() => networkOf('report-cnn', options));
  const change = useCallback((edit: (layers: readonly Layer[]) => readonly Layer[]) => {
    setNetwork((before) => ({ ...before, preset: undefined, layers: edit(before.layers) }));
  }, []);
  const changes = useMemo(
    () => ({
      replace: (position: number, layer: Layer) => {
        change((layers) => layers.with(position, layer));
      },
      remove: (position: number) => {
        change((layers) => layers.toSpliced(position, 1));
      },
      /** Moves a layer by one position. */
      move: (position: number, by: 1 | -1) => {
        change((layers) => layers.toSpliced(position, 1).toSpliced(position + by, 0, layers[position]));
      },
      /** Adds a layer before the output layer. */
      add: (type: NewLayerType) => {
        change((layers) => {
          const output = outputLayerOf(layers);
          const layer = { ...NEW_LAYERS[type], name: freeName(type, layers) };
          return layers.toSpliced(output === -1 ? layers.length : output, 0, layer);
        });
      },
    }),
    [change],
  );
  const { input, classes } = options;
  const choose = useCallback(
    (name: LabPreset) => {
      setNetwork(networkOf(name, { input, classes }));
    },
    [input, classes],
  );
  return { value: network, choose, ...changes };
}

/** Names of layers are those of their weights, and must differ. */
function freeName(type: string, layers: readonly Layer[]): string {
  let n = 1;
  while (layers.some(({ name }) => name === `${type}${n}`)) n++;
  return `${type}${n}`;
}
