import { useMemo, useRef, useState } from 'preact/hooks';
import type { Model, Shape } from '#inkling/index.js';
import { emptyCollection, INPUTS, usedClasses } from './data/collection.js';
import { datasetOf } from './data/datasetOf.js';
import { type Network, resolveNetwork } from './network/network.js';
import type { Pretrained } from './network/pretrained/pretrained.js';
import { useNetwork } from './network/useNetwork.js';
import type { LabState, ReplacedWork, Work } from './storage/labState.js';
import { text } from './text/text.js';
import { useTraining } from './training/useTraining.js';
import { useHistory } from './useHistory.js';

/**
 * Everything that the views share. It outlives them, so that training continues while another view is shown.
 *
 * @param saved what was kept on the device
 */
export function useLab(saved: LabState | undefined) {
  const collection = useHistory(() => saved?.collection ?? emptyCollection('drawing', text.data.classNames));
  const examples = collection.value;
  const dataset = datasetOf(examples);
  const { shape } = INPUTS[examples.kind];
  // A network for fewer than two classes cannot be trained, but it can be built.
  const classes = Math.max(2, usedClasses(examples).length);
  const networkOptions = useMemo(() => ({ input: shape, classes }), [shape, classes]);
  const network = useNetwork(networkOptions, saved?.network);
  const resolved = useMemo(
    () => resolveNetwork(network.value, networkOptions),
    // What is wrong with it is said in the current language.
    [network.value, networkOptions, text],
  );
  const training = useTraining(saved);
  const work: Work = {
    collection: examples,
    network: useWorkingNetwork(network.value, resolved.model, shape),
    settings: training.settings,
  };
  const [replaced, setReplaced] = useState<ReplacedWork | undefined>(saved?.replaced);
  const [link, setLink] = useState(saved?.link);
  const [pretrained, setPretrained] = useState<Pretrained | undefined>(saved?.pretrained);
  const current = { collection, dataset, network, networkOptions, resolved, training, work };
  return { ...current, replaced, setReplaced, link, setLink, pretrained, setPretrained };
}

/**
 * The latest network that works: of one that does not, the one before, since that could not be read again.
 *
 * @param input the shape of the images; a network for others could not be read again, either
 */
function useWorkingNetwork(
  { preset, pretrained }: Network,
  model: Model | undefined,
  input: Shape,
): Work['network'] {
  const working = useRef<Work['network']>(undefined);
  if (model !== undefined && working.current?.model !== model)
    working.current = { preset, model, pretrained };
  const isOfInput = working.current?.model.input.every((length, axis) => length === input[axis]);
  return isOfInput === true ? working.current : undefined;
}

export type Lab = ReturnType<typeof useLab>;
