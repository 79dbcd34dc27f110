import { useMemo, useState } from 'preact/hooks';
import type { Classifier, InputGradients } from '#inkling/index.js';
import { Choice, optionsOf } from '../../../components/choice.js';
import { SaliencyCanvas } from '../../../components/saliencyCanvas.js';
import { text } from '../../text/text.js';
import type { Inspection } from '../inspect.js';
import { useResult } from '../useResult.js';
import { type Method, methodsFor, saliencyOf } from './saliency.js';

/** Which pixels count for a class, by a method of choice. */
export function SaliencyFigure(props: {
  classifier: Classifier;
  gradients: () => Promise<InputGradients>;
  /** Undefined while the pen is down for the first time. */
  inspection: Inspection | undefined;
}) {
  const { classifier, gradients, inspection } = props;
  const methods = useMemo(() => methodsFor(classifier.saved), [classifier]);
  const [method, setMethod] = useState<Method>('occlusion');
  /** Empty for the predicted class. */
  const [chosen, setChosen] = useState('');
  const label = chosen === '' ? inspection?.classification.label : chosen;
  const saliency = useResult(
    inspection === undefined || label === undefined
      ? undefined
      : (signal) => saliencyOf(classifier, gradients, inspection.pixels, { label, method }, signal),
    [classifier, inspection, label, method],
  );
  if (inspection === undefined || label === undefined) return null;
  return (
    <>
      <div class="choices">
        <Choice
          label={text.try.explain.method}
          value={method}
          options={methods.map((each) => [each, text.try.explain.methods[each]])}
          onChange={setMethod}
        />
        <Choice
          label={text.try.explain.label}
          value={chosen}
          options={[['', text.try.explain.predicted], ...optionsOf(classifier.labels)]}
          onChange={setChosen}
        />
      </div>
      <figure>
        <SaliencyCanvas
          shape={classifier.shape}
          pixels={saliency?.pixels ?? inspection.pixels}
          // Those without signs are colored like the maps of the library.
          saliency={
            saliency && {
              values: saliency.values,
              method: saliency.method === 'occlusion' ? 'occlusion' : 'layer-cam',
            }
          }
          label={text.try.explain.image(label)}
        />
        <figcaption>{text.try.explain.captions[method](label)}</figcaption>
      </figure>
    </>
  );
}
