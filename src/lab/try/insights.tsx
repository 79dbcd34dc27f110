import { useRef } from 'preact/hooks';
import type { Classifier, InputGradients } from '#inkling/index.js';
import type { SplitExamples } from '../data/splitExamples.js';
import { ChangeCard } from './change/changeCard.js';
import { FeatureMaps } from './featureMaps.js';
import { type Inspection, layerOutputs } from './inspect.js';
import { featureLayerOf } from './neighbors/features.js';
import { NeighborsCard } from './neighbors/neighborsCard.js';
import { useFeatures } from './neighbors/useFeatures.js';
import { useResult } from './useResult.js';
import { WalkCard } from './walk/walkCard.js';

/** What the network makes of an image, from its layers to other images; nothing without one. */
export function Insights(props: {
  classifier: Classifier;
  dataset: SplitExamples;
  gradients: () => Promise<InputGradients>;
  inspection: Inspection | undefined;
}) {
  const { classifier, dataset, gradients, inspection } = props;
  const { saved } = classifier;
  const outputs = useResult(inspection && ((signal) => layerOutputs(classifier, inspection.pixels, signal)), [
    classifier,
    inspection,
  ]);
  // Once computed, they serve all images.
  const wereNeeded = useRef(false);
  wereNeeded.current ||= outputs !== undefined;
  const features = useFeatures(saved, dataset, wereNeeded.current);
  if (inspection === undefined || outputs === undefined) return null;
  const own = outputs.layers.get(featureLayerOf(saved) ?? '');
  return (
    <>
      <WalkCard classifier={classifier} outputs={outputs} />
      <FeatureMaps classifier={classifier} outputs={outputs} />
      {own !== undefined && <NeighborsCard dataset={dataset} features={features} own={own.values} />}
      <ChangeCard classifier={classifier} gradients={gradients} inspection={inspection} />
    </>
  );
}
