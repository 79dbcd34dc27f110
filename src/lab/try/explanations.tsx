import type { Classifier, InputGradients } from '#inkling/index.js';
import { formatDimensions } from '../../components/format.js';
import { Thumbnail } from '../../components/thumbnail.js';
import { text } from '../text/text.js';
import { SaliencyFigure } from './explain/saliencyFigure.js';
import type { Inspection } from './inspect.js';
import { bytesOf } from '../pixels.js';

/** What the network sees, and which of it counts. */
export function Explanations(props: {
  classifier: Classifier;
  gradients: () => Promise<InputGradients>;
  inspection: Inspection;
  /** The same when the pen was last lifted. */
  settled: Inspection | undefined;
}) {
  const { classifier, gradients, inspection, settled } = props;
  const { shape } = classifier;
  const size = formatDimensions(shape.slice(0, 2));
  return (
    <section class="card model-input" aria-label={text.try.inputTitle}>
      <h2>{text.try.inputTitle}</h2>
      <figure>
        <Thumbnail shape={shape} pixels={bytesOf(inspection.pixels)} label={text.try.inputLabel(size)} />
        <figcaption>{text.try.inputCaption(size)}</figcaption>
      </figure>
      <SaliencyFigure classifier={classifier} gradients={gradients} inspection={settled} />
    </section>
  );
}
