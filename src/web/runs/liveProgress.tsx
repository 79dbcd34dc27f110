import { formatCount, formatLoss, formatSeconds } from '#inkling/core/format.js';
import type { Progress } from '#inkling/train/events.js';

/** Progress, speed and remaining time of a run. */
export function LiveProgress({ progress }: { progress: Progress }) {
  const { epoch, epochs, step, steps, trainLoss, imagesPerSecond, secondsLeft } = progress;
  const fraction = (epoch - 1 + step / steps) / epochs;
  return (
    <div class="live">
      <progress value={fraction} aria-label="Training" />
      <p>
        Epoch {epoch} of {epochs}, step {formatCount(step)} of {formatCount(steps)}
        <span>loss {formatLoss(trainLoss)}</span>
        <span>{formatCount(imagesPerSecond)} images/s</span>
        <span>{formatSeconds(secondsLeft)} left</span>
      </p>
    </div>
  );
}
