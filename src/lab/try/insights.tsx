import type { Classifier } from '#inkling/index.js';
import { FeatureMaps } from './featureMaps.js';
import { type Inspection, layerOutputs } from './inspect.js';
import { useResult } from './useResult.js';
import { WalkCard } from './walk/walkCard.js';

/** What the network makes of an image, from its layers to other images; nothing without one. */
export function Insights(props: {
  classifier: Classifier;
  inspection: Inspection | undefined;
}) {
  const { classifier, inspection } = props;
  const outputs = useResult(inspection && ((signal) => layerOutputs(classifier, inspection.pixels, signal)), [
    classifier,
    inspection,
  ]);
  if (inspection === undefined || outputs === undefined) return null;
  return (
    <>
      <WalkCard classifier={classifier} outputs={outputs} />
      <FeatureMaps classifier={classifier} outputs={outputs} />
    </>
  );
}
