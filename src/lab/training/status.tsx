import { type Fact, Facts } from '../../components/facts.js';
import { orDash } from '../../components/format.js';
import { Term } from '../glossary/term.js';
import { text } from '../text/text.js';
import { bestEpoch, type TrainingRun } from './trainingRun.js';

/** How far the training is. */
export function Status({ run }: { run: TrainingRun }) {
  const { phase, task, epochs, losses, engine, device, features, imagesPerSecond, secondsLeft } = run;
  const total = task?.settings.epochs ?? 1;
  const reached = losses.at(-1)?.epoch ?? 0;
  const best = bestEpoch(run);
  const isRunning = phase === 'running' || phase === 'held';
  // Before the first step of a pretrained network.
  const looked = phase === 'running' ? features : undefined;
  const progress = text.training.progress(Math.min(total, epochs.length + 1), total);
  const state = text.training.states[phase];
  const stateText = isRunning ? `${state}: ${progress}` : state;
  const facts: readonly Fact[] = [
    [text.training.speed, orDash(imagesPerSecond, (speed) => text.count(Math.round(speed)))],
    [text.training.threads, orDash(engine?.device?.kind === 'gpu' ? undefined : engine?.threads, text.count)],
    [text.training.left, orDash(phase === 'running' ? secondsLeft : undefined, text.training.seconds)],
    [
      text.training.lastTrainAccuracy,
      orDash(epochs.at(-1)?.trainAccuracy, text.percent),
      <Term name="accuracy" />,
    ],
    [text.training.bestAccuracy, orDash(best?.validationAccuracy, text.percent), <Term name="validation" />],
  ];
  return (
    <div class="status">
      <p role="status">
        {looked === undefined ? stateText : text.training.features(looked.done, looked.total)}
      </p>
      <progress
        value={looked?.done ?? reached}
        max={looked?.total ?? total}
        aria-label={text.training.title}
      />
      <Facts facts={facts} />
      {device !== undefined && (
        <p class="muted" dir="auto">
          {device}
        </p>
      )}
    </div>
  );
}
