import type { Progress } from '#inkling/train/events.js';
import { formatCount, formatSeconds } from '../format.js';

/** How far a run is that goes on, how fast, and how long it will take. */
export function LiveProgress({ progress }: { progress: Progress }) {
  const { epoch, epochs, step, steps, trainLoss, imagesPerSecond, secondsLeft } = progress;
  const share = (epoch - 1 + step / steps) / epochs;
  return (
    <div class="live">
      <progress value={share} aria-label="Training" />
      <p>
        Epoch {epoch} of {epochs}, step {formatCount(step)} of {formatCount(steps)}
        <span>{formatCount(imagesPerSecond)} images/s</span>
        <span>loss {trainLoss.toFixed(4)}</span>
        <span>{formatSeconds(secondsLeft)} left</span>
      </p>
    </div>
  );
}
