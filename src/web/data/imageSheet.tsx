import { useState } from 'preact/hooks';
import { toUnitFloats } from '#inkling/core/pixels.js';
import type { DataNumbers } from '#inkling/server/api.js';
import { imageAt, type LabelledImages } from '../images.js';
import type { Reader } from '../reader.js';
import { Bars } from '../ui/bars.js';
import { Thumbnail } from '../ui/thumbnail.js';

interface ImageSheetProps {
  readonly images: LabelledImages;
  readonly numbers: DataNumbers;
  readonly reader: Reader;
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
  numbers: DataNumbers;
  reader: Reader;
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
  const { probabilities, ranking, isDoubtful } = reader.read(toUnitFloats(pixels));
  const said = reader.classes[ranking[0]];
  return (
    <>
      <Thumbnail shape={numbers.shape} pixels={pixels} label={`Image ${index}`} />
      <p>
        No. {index} is a <b>{truth}</b>. {reader.name} {isDoubtful ? 'can’t tell, perhaps' : 'says'}{' '}
        <b class={said === truth ? 'right' : 'wrong'}>{said}</b>.
      </p>
      <Bars classes={reader.classes} probabilities={probabilities} />
    </>
  );
}
