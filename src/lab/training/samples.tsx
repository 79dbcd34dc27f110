import { useEffect, useMemo, useState } from 'preact/hooks';
import { Classifier, imageOf } from '#inkling/index.js';
import { Thumbnail } from '../../components/thumbnail.js';
import { formatProbability } from '../../components/format.js';
import { text } from '../text/text.js';
import type { SplitExamples } from '../data/splitExamples.js';
import type { TrainingRun } from './trainingRun.js';

const MAX_SAMPLES = 16;

interface SamplePrediction {
  readonly label: string;
  readonly probability: number;
}

/** Some validation images, and what the best network so far predicts for them. */
export function Samples({ run }: { run: TrainingRun }) {
  const dataset = run.task?.dataset;
  const samples = useMemo(() => (dataset === undefined ? [] : samplesOf(dataset)), [dataset]);
  const predictions = useSamplePredictions(run, samples);
  if (dataset === undefined || predictions.length === 0) return null;
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
              <Thumbnail
                shape={dataset.shape}
                pixels={pixels}
                label={text.training.sample(label, predicted.label, confidence)}
              />
              <span class={isCorrect ? '' : 'negative'} aria-hidden>
                {isCorrect ? '✓' : '✗'} {predicted.label}
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

/** Validation images, which follow the training images, spread over the classes. */
function samplesOf(dataset: SplitExamples) {
  const { labels } = dataset.train;
  const first = labels.length - dataset.validationCount;
  const count = Math.min(MAX_SAMPLES, dataset.validationCount);
  return Array.from({ length: count }, (_, i) => {
    const index = first + Math.floor((i * dataset.validationCount) / count);
    return { ...imageOf(dataset, 'train', index), label: dataset.classes[labels[index]] };
  });
}

function useSamplePredictions({ best }: TrainingRun, samples: ReturnType<typeof samplesOf>) {
  const [predictions, setPredictions] = useState<readonly SamplePrediction[]>([]);
  useEffect(() => {
    if (best === undefined) {
      setPredictions([]);
      return;
    }
    let isCurrent = true;
    const predict = async () => {
      const classifier = await Classifier.create(best);
      try {
        const results = await classifier.classifyMany(samples);
        const found = results.flatMap(({ classification }) => classification ?? []);
        if (isCurrent) setPredictions(found);
      } finally {
        await classifier.close();
      }
    };
    // The curves show what matters if this fails.
    predict().catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [best, samples]);
  return predictions;
}
