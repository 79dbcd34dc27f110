import { useEffect, useRef } from 'preact/hooks';
import type { Run } from '#inkling/server/apiSchemas.js';
import { useLoaded } from '../api.js';
import { formatShare } from '../format.js';
import { imageAt } from '../datasetImages.js';
import { Notice } from '../ui/notice.js';
import { Thumbnail } from '../ui/thumbnail.js';
import type { Selection } from './selection.js';
import { type TestPredictions, testPredictionsOf } from './testPredictions.js';

/** More would help nobody. */
const MOST = 120;

/** The test images that a cell counts, or all mistakes, those it was surest of first. */
export function Gallery(props: { run: string; summary: NonNullable<Run['summary']>; selection: Selection }) {
  const { run, summary, selection } = props;
  const { classes, shape } = summary.dataset;
  const answers = useLoaded(run, () => testPredictionsOf(run, summary));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, [selection]);
  const title =
    selection === 'mistakes'
      ? 'Mistakes'
      : `${classes[selection.label]} taken for ${classes[selection.predicted]}`;

  return (
    <div class="gallery">
      <h3 tabIndex={-1} ref={heading}>
        {title}
      </h3>
      {answers.problem !== undefined && <Notice problem>{answers.problem}</Notice>}
      {!answers.value && answers.problem === undefined && (
        <Notice>The run’s network reads the test images in this page …</Notice>
      )}
      {answers.value && (
        <Sheet answers={answers.value} selection={selection} classes={classes} shape={shape} />
      )}
    </div>
  );
}

function Sheet(props: {
  answers: TestPredictions;
  selection: Selection;
  classes: readonly string[];
  shape: readonly number[];
}) {
  const { answers, selection, classes, shape } = props;
  const { images, predicted, confidence } = answers;
  const places = placesOf(answers, selection);
  return (
    <>
      <p class="muted">
        {places.length} images{places.length > MOST && `, of which these are the first ${MOST}`}; the surest
        first.
      </p>
      <ul class="sheet">
        {places.slice(0, MOST).map((place) => (
          <li key={place}>
            <Thumbnail shape={shape} pixels={imageAt(images, place)} />
            <span>
              {classes[images.labels[place]]} → {classes[predicted[place]]}
            </span>
            <span class="muted">
              {formatShare(confidence[place])}, no. {place}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function placesOf({ images, predicted, confidence }: TestPredictions, selection: Selection): number[] {
  const belongs = (label: number, place: number) =>
    selection === 'mistakes'
      ? predicted[place] !== label
      : label === selection.label && predicted[place] === selection.predicted;
  const places = images.labels.flatMap((label, place) => (belongs(label, place) ? [place] : []));
  return places.sort((a, b) => confidence[b] - confidence[a]);
}
