import { useEffect, useRef } from 'preact/hooks';
import { formatCount, formatPlural } from '#inkling/core/format.js';
import type { RunSummary } from '#inkling/runs/runSummary.js';
import { useLoaded } from '../api.js';
import { imageAt } from '../datasetImages.js';
import { formatProbability } from '../../components/format.js';
import { Notice } from '../../components/notice.js';
import { Thumbnail } from '../../components/thumbnail.js';
import type { Selection } from './selection.js';
import { loadTestPredictions, type TestPredictions } from './testPredictions.js';

const MAX_IMAGES = 120;

/** The test images of a cell of the confusion matrix, or all errors; the most confident predictions come first. */
export function Gallery(props: { run: string; summary: RunSummary; selection: Selection }) {
  const { run, summary, selection } = props;
  const { classes, shape } = summary.dataset;
  const predictions = useLoaded(run, () => loadTestPredictions(run, summary));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, [selection]);
  const title =
    selection === 'errors'
      ? 'All errors'
      : `${classes[selection.label]} predicted as ${classes[selection.predicted]}`;

  return (
    <div class="gallery">
      <h3 tabIndex={-1} ref={heading}>
        {title}
      </h3>
      {predictions.error !== undefined && <Notice isError>{predictions.error}</Notice>}
      {!predictions.value && predictions.error === undefined && (
        <Notice>Classifying the test images in the browser…</Notice>
      )}
      {predictions.value && (
        <ImageList predictions={predictions.value} selection={selection} classes={classes} shape={shape} />
      )}
    </div>
  );
}

function ImageList(props: {
  predictions: TestPredictions;
  selection: Selection;
  classes: readonly string[];
  shape: readonly number[];
}) {
  const { predictions, selection, classes, shape } = props;
  const { images, predicted, confidence } = predictions;
  const positions = positionsOf(predictions, selection);
  const limit = positions.length > MAX_IMAGES ? `, of which ${formatCount(MAX_IMAGES)} are shown` : '';
  return (
    <>
      <p class="muted">
        {formatPlural(positions.length, 'image')}
        {limit}. The most confident predictions come first.
      </p>
      <ul class="image-list">
        {positions.slice(0, MAX_IMAGES).map((position) => (
          <li key={position}>
            <Thumbnail shape={shape} pixels={imageAt(images, position)} />
            <span>
              {classes[images.labels[position]]} → {classes[predicted[position]]}
            </span>
            <span class="muted">{formatProbability(confidence[position])}</span>
            <span class="muted">index {images.indices[position]}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function positionsOf({ images, predicted, confidence }: TestPredictions, selection: Selection): number[] {
  const isSelected = (label: number, position: number) =>
    selection === 'errors'
      ? predicted[position] !== label
      : label === selection.label && predicted[position] === selection.predicted;
  const positions = images.labels.flatMap((label, position) =>
    isSelected(label, position) ? [position] : [],
  );
  return positions.sort((a, b) => confidence[b] - confidence[a]);
}
