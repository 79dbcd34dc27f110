import { useEffect, useState } from 'preact/hooks';
import { type Classifier, imageOf } from '#inkling/index.js';
import { type Cell, ConfusionMatrix } from '../../components/charts/confusionMatrix.js';
import { Notice } from '../../components/notice.js';
import { Thumbnail } from '../../components/thumbnail.js';
import { Terms } from '../glossary/terms.js';
import type { SplitExamples } from '../data/splitExamples.js';
import { text } from '../text/text.js';

/** More images of a cell are not shown. */
const MAX_SHOWN = 60;

/** The confusion matrix of the test images, whose cells open their images. */
export function TestCard(props: { classifier: Classifier; dataset: SplitExamples }) {
  const { classifier, dataset } = props;
  const predictions = useTestPredictions(classifier, dataset);
  const [cell, setCell] = useState<Cell>();
  return (
    <section class="card test" aria-label={text.try.test}>
      <h2>{text.try.test}</h2>
      <p class="muted">{text.try.testIntro}</p>
      <Terms names={['test', 'confusion']} />
      {predictions === undefined ? (
        <Notice>{text.try.testing}</Notice>
      ) : (
        <>
          <p>{accuracyOf(predictions, dataset)}</p>
          <ConfusionMatrix
            classes={dataset.classes}
            confusion={confusionOf(predictions, dataset)}
            selected={cell}
            onSelect={setCell}
          />
          {cell !== undefined && <CellImages cell={cell} predictions={predictions} dataset={dataset} />}
        </>
      )}
    </section>
  );
}

function CellImages(props: { cell: Cell; predictions: readonly number[]; dataset: SplitExamples }) {
  const { cell, predictions, dataset } = props;
  const { classes, shape, test } = dataset;
  const found = [...predictions.keys()].filter(
    (i) => test.labels[i] === cell.label && predictions[i] === cell.predicted,
  );
  return (
    <>
      <h3 aria-live="polite">{text.try.cell(classes[cell.label], classes[cell.predicted], found.length)}</h3>
      <ul class="image-list">
        {found.slice(0, MAX_SHOWN).map((i, position) => (
          <li key={i}>
            <Thumbnail
              shape={shape}
              pixels={imageOf(dataset, 'test', i).pixels}
              label={text.data.example(classes[cell.label], position + 1)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

/** The predicted class of each test image; undefined until all are classified. */
function useTestPredictions(classifier: Classifier, dataset: SplitExamples) {
  const [predictions, setPredictions] = useState<readonly number[]>();
  useEffect(() => {
    setPredictions(undefined);
    const abandon = new AbortController();
    const images = Array.from(dataset.test.labels, (_, i) => imageOf(dataset, 'test', i));
    classifier.classifyMany(images, { signal: abandon.signal }).then(
      (results) => {
        const labels = results.map(({ classification }) =>
          dataset.classes.indexOf(classification?.label ?? ''),
        );
        if (!abandon.signal.aborted) setPredictions(labels);
      },
      // Another network is being shown.
      () => undefined,
    );
    return () => {
      abandon.abort();
    };
  }, [classifier, dataset]);
  return predictions;
}

function accuracyOf(predictions: readonly number[], { test }: SplitExamples): string {
  const correct = predictions.filter((predicted, i) => predicted === test.labels[i]).length;
  return text.try.testAccuracy(correct, predictions.length);
}

/** `[true class][predicted class]` */
function confusionOf(predictions: readonly number[], { classes, test }: SplitExamples): number[][] {
  const confusion = classes.map(() => classes.map(() => 0));
  predictions.forEach((predicted, i) => {
    confusion[test.labels[i]][predicted]++;
  });
  return confusion;
}
