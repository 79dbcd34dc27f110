import { useEffect, useState } from 'preact/hooks';
import type { SavedModel } from '#inkling/index.js';
import { FeatureMapGrid } from '../../components/featureMapGrid.js';
import { formatDimensions } from '../../components/format.js';
import { layerTitle } from '../network/layerTitle.js';
import { text } from '../text/text.js';
import type { SplitExamples } from '../data/splitExamples.js';
import { FilterGrid } from './filterGrid.js';
import { Histograms } from './histograms.js';
import { type Filters, type LayerMaps, lookInside, type NetworkInside } from './networkInside.js';
import { pause } from '../pause.js';

/** What the best network so far has learned, and what it makes of an image. */
export function InsideCard({
  best,
  dataset,
  isPretrained,
  pixels,
}: {
  best: SavedModel | undefined;
  dataset: SplitExamples;
  isPretrained: boolean;
  pixels: Uint8Array | undefined;
}) {
  const inside = useNetworkInside(best, pixels);
  if (best === undefined || inside === undefined) return null;
  const { filters, maps } = inside;
  return (
    <section class="card inside" aria-label={text.training.inside}>
      <h2>{text.training.inside}</h2>
      <p class="muted">{text.training.insideIntro}</p>
      <div class="feature-maps maps">
        {filters !== undefined && <FiltersFigure filters={filters} />}
        {maps.map((each) => (
          <MapsFigure key={each.layer} maps={each} />
        ))}
      </div>
      <Histograms best={best} dataset={dataset} isPretrained={isPretrained} inside={inside} />
    </section>
  );
}

function FiltersFigure({ filters }: { filters: Filters }) {
  const { layer, count, total, height, width, channels } = filters;
  const title = layerTitle(layer.layer.type, layer.name);
  const { filtersOf, signs, colors } = text.training;
  return (
    <figure>
      <FilterGrid filters={filters} label={text.training.filters(title)} />
      <figcaption>
        {filtersOf(title, count, total, formatDimensions([height, width]))} {channels === 1 ? signs : colors}
      </figcaption>
    </figure>
  );
}

function MapsFigure({ maps }: { maps: LayerMaps }) {
  const { layer, type, channels, height, width } = maps;
  const title = layerTitle(type, layer);
  return (
    <figure>
      <FeatureMapGrid maps={maps} />
      <figcaption>{text.training.maps(title, channels, formatDimensions([height, width]))}</figcaption>
    </figure>
  );
}

/** What is inside of the latest network for which it is known. */
function useNetworkInside(
  best: SavedModel | undefined,
  pixels: Uint8Array | undefined,
): NetworkInside | undefined {
  const [inside, setInside] = useState<NetworkInside>();
  useEffect(() => {
    if (best === undefined || pixels === undefined) {
      setInside(undefined);
      return;
    }
    let isAbandoned = false;
    const isCurrent = () => !isAbandoned;
    const look = async () => {
      await pause();
      if (!isCurrent()) return;
      const found = await lookInside(best, pixels);
      if (isCurrent()) setInside(found);
    };
    // The curves show what matters if this fails.
    look().catch(() => undefined);
    return () => {
      isAbandoned = true;
    };
  }, [best, pixels]);
  return inside;
}
