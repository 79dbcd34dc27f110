import type { FeatureMaps } from '#inkling/predict/featureMaps.js';
import { formatDimensions } from '../../components/format.js';
import { FeatureMapGrid } from '../../components/featureMapGrid.js';

/** The feature maps of some layers, with one small image per channel. */
export function FeatureMapsPanel({ featureMaps }: { featureMaps: readonly FeatureMaps[] }) {
  return (
    <section class="card feature-maps" aria-label="Feature maps">
      <h2>Feature maps</h2>
      <p class="muted">Outputs of the model’s inner layers, one image per channel.</p>
      {featureMaps.map((maps) => (
        <figure key={maps.layer}>
          <FeatureMapGrid maps={maps} />
          <figcaption>
            {maps.layer}: {maps.channels} channels of {formatDimensions([maps.height, maps.width])}
          </figcaption>
        </figure>
      ))}
    </section>
  );
}
