import { useMemo } from 'preact/hooks';
import { emptyCollection, INPUTS, isReady, usedClasses } from './data/collection.js';
import { splitExamples } from './data/splitExamples.js';
import { resolveNetwork } from './network/network.js';
import { useNetwork } from './network/useNetwork.js';
import { text } from './text/text.js';
import { useTraining } from './training/useTraining.js';
import { useHistory } from './useHistory.js';

/** Everything that the views share. It outlives them, so that training continues while another view is shown. */
export function useLab() {
  const collection = useHistory(() => emptyCollection('drawing', text.data.classNames));
  const examples = collection.value;
  const dataset = useMemo(() => (isReady(examples) ? splitExamples(examples) : undefined), [examples]);
  const { shape } = INPUTS[examples.kind];
  // A network for fewer than two classes cannot be trained, but it can be built.
  const classes = Math.max(2, usedClasses(examples).length);
  const network = useNetwork({ input: shape, classes });
  const resolved = useMemo(
    () => resolveNetwork(network.value, { input: shape, classes }),
    [network.value, shape, classes],
  );
  const training = useTraining();
  return { collection, dataset, network, resolved, training };
}

export type Lab = ReturnType<typeof useLab>;
