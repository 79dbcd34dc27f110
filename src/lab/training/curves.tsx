import { LineChart, type Series } from '../../components/charts/lineChart.js';
import { formatTick } from '../../components/format.js';
import { Terms } from '../glossary/terms.js';
import { text } from '../text/text.js';
import { tonesOf } from './compareRuns.js';
import type { TrainingRun } from './trainingRun.js';

/**
 * Loss and accuracy: that of the training images within epochs, that of the validation images after each; of earlier runs, only that of
 * the validation images.
 */
export function Curves({ run, earlier }: { run: TrainingRun; earlier: readonly TrainingRun[] }) {
  const { losses, epochs, task } = run;
  const tones = tonesOf(earlier);
  if (losses.length === 0 && tones.size === 0) return null;
  const lastEpoch = task?.settings.epochs ?? 1;
  const { train, validation } = text.training;
  const others = (valueOf: (epoch: TrainingRun['epochs'][number]) => number): readonly Series[] =>
    earlier.flatMap(({ id, name, epochs: records }) => {
      const tone = tones.get(id);
      return tone === undefined ? [] : [{ title: name, tone, values: records.map(valueOf) }];
    });
  return (
    <section class="card charts" aria-label={`${text.training.loss}, ${text.training.accuracy}`}>
      <LineChart
        title={text.training.loss}
        lastEpoch={lastEpoch}
        format={formatTick}
        series={[
          {
            title: train,
            tone: 'main',
            values: losses.map(({ loss }) => loss),
            epochs: losses.map(({ epoch }) => epoch),
          },
          { title: validation, tone: 'other', values: epochs.map((each) => each.validationLoss) },
          ...others((each) => each.validationLoss),
        ]}
      />
      {(epochs.length > 0 || tones.size > 0) && (
        <LineChart
          title={text.training.accuracy}
          lastEpoch={lastEpoch}
          range={[0, 1]}
          format={text.percent}
          series={[
            { title: train, tone: 'main', values: epochs.map((each) => each.trainAccuracy) },
            { title: validation, tone: 'other', values: epochs.map((each) => each.validationAccuracy) },
            ...others((each) => each.validationAccuracy),
          ]}
        />
      )}
      <Terms names={['loss', 'accuracy', 'epoch', 'training', 'validation']} />
    </section>
  );
}
