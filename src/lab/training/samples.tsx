import { useEffect, useMemo, useState } from 'preact/hooks';
import { Classifier, imageOf, type SavedModel } from '#inkling/index.js';
import { Thumbnail } from '../../components/thumbnail.js';
import { formatProbability } from '../../components/format.js';
import { text } from '../text/text.js';
import { countTraining, type SplitExamples } from '../data/splitExamples.js';
import { InsideCard } from './insideCard.js';
import { pause } from '../pause.js';
import type { TrainingRun } from './trainingRun.js';

const MAX_SAMPLES = 16;

interface SamplePrediction {
  readonly label: string;
  readonly probability: number;
}

/** Some validation images, and what the best network so far makes of them. */
export function Samples({ run: { task, best } }: { run: TrainingRun }) {
  const dataset = task?.dataset;
  const [selected, setSelected] = useState(0);
  const samples = useMemo(() => (dataset === undefined ? [] : samplesOf(dataset)), [dataset]);
  if (dataset === undefined) return null;
  return (
    <>
      <Predictions
        best={best}
        dataset={dataset}
        samples={samples}
        selected={selected}
        onSelect={setSelected}
      />
      <InsideCard
        best={best}
        dataset={dataset}
        isPretrained={task?.pretrained !== undefined}
        pixels={(samples.at(selected) ?? samples.at(0))?.pixels}
      />
    </>
  );
}

/** What the network predicts for them; one of them can be selected. */
function Predictions(props: {
  best: SavedModel | undefined;
  dataset: SplitExamples;
  samples: readonly Sample[];
  selected: number;
  onSelect: (position: number) => void;
}) {
  const { best, dataset, samples, selected, onSelect } = props;
  const predictions = useSamplePredictions(best, samples);
  if (predictions.length === 0) return null;
  return (
    <section class="card" aria-label={text.training.samples}>
      <h2>{text.training.samples}</h2>
      <p class="muted">{text.training.samplesIntro}</p>
      <ul class="image-list samples">
        {samples.map(({ pixels, label }, i) => {
          const predicted = predictions.at(i);
          if (predicted === undefined) return null;
          const confidence = formatProbability(predicted.probability);
          const isCorrect = predicted.label === label;
          return (
            <li key={i} class={isCorrect ? 'correct' : 'wrong'}>
              <button
                type="button"
                aria-label={text.training.sample(label, predicted.label, confidence)}
                aria-pressed={i === selected}
                onClick={() => {
                  onSelect(i);
                }}
              >
                <Thumbnail shape={dataset.shape} pixels={pixels} />
              </button>
              <span class={isCorrect ? '' : 'negative'} aria-hidden>
                {isCorrect ? `✓ ${label}` : `✗ ${text.training.wrongSample(predicted.label, label)}`}
              </span>
              <span class="muted" aria-hidden>
                {confidence}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

type Sample = ReturnType<typeof samplesOf>[number];

/** Validation images, which follow the training images, spread over the classes. */
function samplesOf(dataset: SplitExamples) {
  const { labels } = dataset.train;
  const first = countTraining(dataset);
  const count = Math.min(MAX_SAMPLES, dataset.validationCount);
  return Array.from({ length: count }, (_, i) => {
    const index = first + Math.floor((i * dataset.validationCount) / count);
    return { ...imageOf(dataset, 'train', index), label: dataset.classes[labels[index]] };
  });
}

function useSamplePredictions(best: SavedModel | undefined, samples: readonly Sample[]) {
  const [predictions, setPredictions] = useState<readonly SamplePrediction[]>([]);
  useEffect(() => {
    if (best === undefined) {
      setPredictions([]);
      return;
    }
    let isAbandoned = false;
    const isCurrent = () => !isAbandoned;
    const predict = async () => {
      await pause();
      if (!isCurrent()) return;
      const classifier = await Classifier.create(best);
      try {
        await pause();
        const results = await classifier.classifyMany(samples);
        const found = results.flatMap(({ classification }) => classification ?? []);
        if (isCurrent()) setPredictions(found);
      } finally {
        await classifier.close();
      }
    };
    // The curves show what matters if this fails.
    predict().catch(() => undefined);
    return () => {
      isAbandoned = true;
    };
  }, [best, samples]);
  return predictions;
}
