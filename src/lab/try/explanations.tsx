import type { Classifier } from '#inkling/index.js';
import { FeatureMapGrid } from '../../components/featureMapGrid.js';
import { formatDimensions } from '../../components/format.js';
import { SaliencyCanvas } from '../../components/saliencyCanvas.js';
import { Thumbnail } from '../../components/thumbnail.js';
import { text } from '../text/text.js';
import type { Explanation, Inspection } from './inspect.js';

const MAX_BYTE = 255;

/** What the network sees, which of it counts, and what its layers make of it. */
export function Explanations(props: {
  classifier: Classifier;
  inspection: Inspection | undefined;
  explanation: Explanation | undefined;
}) {
  const { classifier, inspection, explanation } = props;
  if (inspection === undefined) return null;
  const { shape } = classifier;
  const { pixels, classification } = inspection;
  const size = formatDimensions(shape.slice(0, 2));
  return (
    <>
      <section class="card model-input" aria-label={text.try.inputTitle}>
        <h2>{text.try.inputTitle}</h2>
        <figure>
          <Thumbnail
            shape={shape}
            pixels={Uint8Array.from(pixels, (value) => Math.round(value * MAX_BYTE))}
            label={text.try.inputLabel(size)}
          />
          <figcaption>{text.try.inputCaption(size)}</figcaption>
        </figure>
        <figure>
          <SaliencyCanvas
            shape={shape}
            pixels={pixels}
            saliency={explanation?.saliency}
            label={text.try.saliency(classification.label)}
          />
          <figcaption>{text.try.saliencyCaption(classification.label)}</figcaption>
        </figure>
      </section>
      {explanation !== undefined && explanation.maps.length > 0 && (
        <section class="card feature-maps" aria-label={text.try.featureMaps}>
          <h2>{text.try.featureMaps}</h2>
          <p class="muted">{text.try.featureMapsIntro}</p>
          {explanation.maps.map((maps) => (
            <figure key={maps.layer}>
              <FeatureMapGrid maps={maps} />
              <figcaption>
                {text.try.layerMaps(
                  titleOf(classifier, maps.layer),
                  maps.channels,
                  formatDimensions([maps.height, maps.width]),
                )}
              </figcaption>
            </figure>
          ))}
        </section>
      )}
    </>
  );
}

/** `Convolution (layer1.0)` */
function titleOf({ saved }: Classifier, name: string): string {
  const type = saved.model.layers.find((layer, i) => (layer.name ?? String(i)) === name)?.type ?? name;
  return `${text.network.types[type] ?? type} (${name})`;
}
