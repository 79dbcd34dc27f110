import { useMemo } from 'preact/hooks';
import { imageOf } from '#inkling/index.js';
import { Notice } from '../../../components/notice.js';
import { Thumbnail } from '../../../components/thumbnail.js';
import { countTraining, type SplitExamples } from '../../data/splitExamples.js';
import { text } from '../../text/text.js';
import { nearest, searchedImages, type TrainingFeatures } from './features.js';

const SHOWN = 5;

/** The training images that are most like an image to the network. */
export function NeighborsCard(props: {
  dataset: SplitExamples;
  /** Undefined until they are computed. */
  features: TrainingFeatures | undefined;
  /** Of the image. */
  own: Float32Array;
}) {
  const { dataset, features, own } = props;
  const { classes, shape, train } = dataset;
  const neighbors = useMemo(() => features && nearest(features, own, SHOWN), [features, own]);
  return (
    <section class="card neighbors" aria-label={text.try.neighbors.title}>
      <h2>{text.try.neighbors.title}</h2>
      <p class="muted">{text.try.neighbors.intro(searchedImages(dataset).length, countTraining(dataset))}</p>
      {neighbors === undefined ? (
        <Notice>{text.try.neighbors.searching}</Notice>
      ) : (
        <ol class="image-list">
          {neighbors.map(({ image, distance }) => {
            const name = classes[train.labels[image]];
            return (
              <li key={image}>
                <Thumbnail
                  shape={shape}
                  pixels={imageOf(dataset, 'train', image).pixels}
                  label={text.try.neighbors.image(name)}
                />
                <span>{name}</span>
                <span class="muted">{text.try.neighbors.distance(distance)}</span>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}
