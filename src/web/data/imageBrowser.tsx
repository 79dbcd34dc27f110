import { useState } from 'preact/hooks';
import { formatCount } from '#inkling/core/format.js';
import { toUnitFloats } from '#inkling/core/pixels.js';
import { reasonsText } from '#inkling/predict/doubt.js';
import type { DatasetSummary } from '#inkling/server/apiSchemas.js';
import { imageAt, type LabeledImages } from '../datasetImages.js';
import { formatDimensions } from '../../components/format.js';
import type { PageModel } from '../pageModel.js';
import { ProbabilityBars } from '../../components/probabilityBars.js';
import { Thumbnail } from '../../components/thumbnail.js';

interface ImageBrowserProps {
  readonly images: LabeledImages;
  readonly dataset: DatasetSummary;
  readonly model: PageModel;
}

/** A page of images; selecting one classifies it. */
export function ImageBrowser({ images, dataset, model }: ImageBrowserProps) {
  const [selected, setSelected] = useState<number>();
  const position = images.indices.indexOf(selected ?? -1);
  return (
    <div class="image-browser">
      <ul class="image-list" aria-label="Images">
        {images.indices.map((index, i) => (
          <li key={index}>
            <button
              type="button"
              aria-pressed={index === selected}
              aria-label={`Image ${index + 1}, class ${dataset.classes[images.labels[i]]}`}
              onClick={() => {
                setSelected(index);
              }}
            >
              <Thumbnail shape={dataset.shape} pixels={imageAt(images, i)} />
            </button>
          </li>
        ))}
      </ul>
      <aside aria-label="Prediction" aria-live="polite">
        {position === -1 ? (
          <p class="muted">Select an image to classify it.</p>
        ) : (
          <ImagePrediction
            pixels={imageAt(images, position)}
            trueClass={dataset.classes[images.labels[position]]}
            index={images.indices[position]}
            {...{ dataset, model }}
          />
        )}
      </aside>
    </div>
  );
}

function ImagePrediction(props: {
  pixels: Uint8Array;
  trueClass: string;
  index: number;
  dataset: DatasetSummary;
  model: PageModel;
}) {
  const { pixels, trueClass, index, dataset, model } = props;
  if (model.shape.join() !== dataset.shape.join()) {
    return (
      <p>
        {model.name} takes images of {formatDimensions(model.shape)}, but these are{' '}
        {formatDimensions(dataset.shape)}.
      </p>
    );
  }
  const { probabilities, ranking, doubtful, reasons } = model.inspect({
    pixels: toUnitFloats(pixels),
    concerns: [],
  });
  const predicted = model.classes[ranking[0]];
  return (
    <>
      <Thumbnail shape={dataset.shape} pixels={pixels} label={`Image ${index + 1}`} />
      <p>
        True class: <b>{trueClass}</b>
        <br />
        Prediction of {model.name}:{' '}
        <b class={predicted === trueClass ? 'positive' : 'negative'}>{predicted}</b>
      </p>
      <p class="muted">
        Image {formatCount(index + 1)} of its file (index {index})
      </p>
      {doubtful && <p class="muted">Doubtful: {reasonsText(reasons)}.</p>}
      <ProbabilityBars classes={model.classes} probabilities={probabilities} />
    </>
  );
}
