import { useState } from 'preact/hooks';
import { toUnitFloats } from '#inkling/core/pixels.js';
import type { DatasetSummary } from '#inkling/server/apiSchemas.js';
import { imageAt, type LabeledImages } from '../datasetImages.js';
import type { PageModel } from '../pageModel.js';
import { ProbabilityBars } from '../ui/probabilityBars.js';
import { Thumbnail } from '../ui/thumbnail.js';

interface ImageSheetProps {
  readonly images: LabeledImages;
  readonly numbers: DatasetSummary;
  readonly reader: PageModel;
}

/** A page of images; a click on one shows what the network says about it. */
export function ImageSheet({ images, numbers, reader }: ImageSheetProps) {
  const [index, setIndex] = useState<number>();
  const place = images.indices.indexOf(index ?? -1);
  return (
    <div class="browse">
      <ul class="sheet" aria-label="Images">
        {images.indices.map((each, i) => (
          <li key={each}>
            <button
              type="button"
              aria-pressed={each === index}
              aria-label={`Image ${each}, a ${numbers.classes[images.labels[i]]}`}
              onClick={() => {
                setIndex(each);
              }}
            >
              <Thumbnail shape={numbers.shape} pixels={imageAt(images, i)} />
            </button>
          </li>
        ))}
      </ul>
      <aside aria-label="What the network says" aria-live="polite">
        {place === -1 ? (
          <p class="muted">Choose an image to see what the network says about it.</p>
        ) : (
          <Answer
            pixels={imageAt(images, place)}
            truth={numbers.classes[images.labels[place]]}
            index={images.indices[place]}
            {...{ numbers, reader }}
          />
        )}
      </aside>
    </div>
  );
}

function Answer(props: {
  pixels: Uint8Array;
  truth: string;
  index: number;
  numbers: DatasetSummary;
  reader: PageModel;
}) {
  const { pixels, truth, index, numbers, reader } = props;
  const { input } = reader.classifier.saved.model;
  if (input.join() !== numbers.shape.join()) {
    return (
      <p>
        {reader.name} reads images of {input.join(' × ')}, not {numbers.shape.join(' × ')}.
      </p>
    );
  }
  const { probabilities, ranking, doubtful } = reader.inspect(toUnitFloats(pixels));
  const said = reader.classes[ranking[0]];
  return (
    <>
      <Thumbnail shape={numbers.shape} pixels={pixels} label={`Image ${index}`} />
      <p>
        No. {index} is a <b>{truth}</b>. {reader.name} {doubtful ? 'can’t tell, perhaps' : 'says'}{' '}
        <b class={said === truth ? 'right' : 'wrong'}>{said}</b>.
      </p>
      <ProbabilityBars classes={reader.classes} probabilities={probabilities} />
    </>
  );
}
