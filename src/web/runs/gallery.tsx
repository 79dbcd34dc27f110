import { useEffect, useRef, useState } from 'preact/hooks';
import { formatCount } from '#inkling/core/format.js';
import type { RunSummary } from '#inkling/runs/runSummary.js';
import { imageAt } from '../datasetImages.js';
import { formatProbability } from '../../components/format.js';
import { Notice } from '../../components/notice.js';
import { Thumbnail } from '../../components/thumbnail.js';
import { Pager } from '../ui/pager.js';
import type { Selection } from './selection.js';
import { type TestPredictions, type TestProgress, useTestPredictions } from './testPredictions.js';

const PAGE_SIZE = 120;

/** The test images of a cell of the confusion matrix, or all errors; the most confident predictions come first. */
export function Gallery(props: { run: string; summary: RunSummary; selection: Selection }) {
  const { run, summary, selection } = props;
  const { classes, shape } = summary.dataset;
  const { predictions, progress } = useTestPredictions(run, summary);
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
      {!predictions.value && predictions.error === undefined && <Waiting progress={progress} />}
      {predictions.value && (
        <ImageList
          key={title}
          predictions={predictions.value}
          selection={selection}
          classes={classes}
          shape={shape}
        />
      )}
    </div>
  );
}

/** How far the classification of the test images is. */
function Waiting({ progress }: { progress: TestProgress | undefined }) {
  const { step, done, total } = progress ?? { step: 'load', done: 0, total: 1 };
  const what = step === 'load' ? 'Loading the test images' : 'Classifying the test images in the browser';
  return (
    <>
      <Notice>{what}…</Notice>
      <progress value={done} max={total} aria-label={what} />
      <p class="muted">
        {formatCount(done)} of {formatCount(total)}
      </p>
    </>
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
  const [first, setFirst] = useState(0);
  const positions = positionsOf(predictions, selection);
  return (
    <>
      <p class="muted">The most confident predictions come first.</p>
      <Pager first={first} size={PAGE_SIZE} total={positions.length} onFirst={setFirst} />
      <ul class="image-list">
        {positions.slice(first, first + PAGE_SIZE).map((position) => (
          <li key={position}>
            <Thumbnail shape={shape} pixels={imageAt(images, position)} />
            <span>
              {classes[images.labels[position]]} → {classes[predicted[position]]}
            </span>
            <span class="muted">{formatProbability(confidence[position])}</span>
            <span class="muted">image {formatCount(images.indices[position] + 1)}</span>
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
