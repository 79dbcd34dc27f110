import { text } from '../text/text.js';
import type { TrainingRun } from './trainingRun.js';

/** How far the training is. */
export function Status({ run }: { run: TrainingRun }) {
  const { phase, task, epochs, losses, engine, imagesPerSecond, secondsLeft } = run;
  const total = task?.settings.epochs ?? 1;
  const reached = losses.at(-1)?.epoch ?? 0;
  const best = epochs.reduce<(typeof epochs)[number] | undefined>(
    (most, each) => (most && most.validationAccuracy >= each.validationAccuracy ? most : each),
    undefined,
  );
  const isRunning = phase === 'running';
  const facts: readonly (readonly [name: string, value: string | undefined])[] = [
    [text.training.speed, orUndefined(imagesPerSecond, (speed) => text.count(Math.round(speed)))],
    [text.training.threads, engine && text.count(engine.threads)],
    [text.training.left, isRunning ? orUndefined(secondsLeft, text.training.seconds) : undefined],
    [text.training.bestAccuracy, best && text.percent(best.validationAccuracy)],
  ];
  return (
    <div class="status">
      <p role="status">
        {text.training.states[phase]}
        {isRunning && `: ${text.training.progress(Math.min(total, epochs.length + 1), total)}`}
      </p>
      <progress value={reached} max={total} aria-label={text.training.title} />
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value ?? '–'}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function orUndefined(value: number | undefined, format: (value: number) => string): string | undefined {
  return value === undefined ? undefined : format(value);
}
