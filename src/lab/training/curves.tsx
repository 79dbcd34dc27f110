import { LineChart } from '../../components/charts/lineChart.js';
import { formatTick } from '../../components/format.js';
import { text } from '../text/text.js';
import type { TrainingRun } from './trainingRun.js';

/** Loss and accuracy: that of the training images within epochs, that of the validation images after each. */
export function Curves({ run: { losses, epochs, task } }: { run: TrainingRun }) {
  if (losses.length === 0) return null;
  const lastEpoch = task?.settings.epochs ?? 1;
  const { train, validation } = text.training;
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
        ]}
      />
      {epochs.length > 0 && (
        <LineChart
          title={text.training.accuracy}
          lastEpoch={lastEpoch}
          format={text.percent}
          series={[
            { title: train, tone: 'main', values: epochs.map((each) => each.trainAccuracy) },
            { title: validation, tone: 'other', values: epochs.map((each) => each.validationAccuracy) },
          ]}
        />
      )}
    </section>
  );
}
