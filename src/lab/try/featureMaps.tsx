import { useMemo } from 'preact/hooks';
import { type Classifier, resolveModel } from '#inkling/index.js';
import { FeatureMapGrid } from '../../components/featureMapGrid.js';
import { formatDimensions } from '../../components/format.js';
import { layerTitle } from '../network/layerTitle.js';
import { text } from '../text/text.js';
import type { LayerOutputs } from './inspect.js';

const SHOWN = new Set(['conv2d', 'maxPool2d', 'avgPool2d', 'residual']);
/** Maps of more layers than this are not shown. */
const MAX_LAYERS = 6;

/** All channels of the first layers that output images. */
export function FeatureMaps({ classifier, outputs }: { classifier: Classifier; outputs: LayerOutputs }) {
  const maps = useMemo(() => mapsOf(classifier, outputs), [classifier, outputs]);
  if (maps.length === 0) return null;
  return (
    <section class="card feature-maps" aria-label={text.try.featureMaps}>
      <h2>{text.try.featureMaps}</h2>
      <p class="muted">{text.try.featureMapsIntro}</p>
      {maps.map(({ title, ...each }) => (
        <figure key={each.layer}>
          <FeatureMapGrid maps={each} />
          <figcaption>
            {text.try.layerMaps(title, each.channels, formatDimensions([each.height, each.width]))}
          </figcaption>
        </figure>
      ))}
    </section>
  );
}

function mapsOf({ saved }: Classifier, outputs: LayerOutputs) {
  return resolveModel(saved.model)
    .layers.filter(({ layer, output }) => SHOWN.has(layer.type) && output.shape.length === 3)
    .slice(0, MAX_LAYERS)
    .flatMap((layer) => {
      const found = outputs.layers.get(layer.name);
      if (found === undefined) return [];
      const [height, width, channels] = found.shape;
      return {
        title: layerTitle(layer.layer.type, layer.name),
        layer: layer.name,
        height,
        width,
        channels,
        values: found.values,
      };
    });
}
