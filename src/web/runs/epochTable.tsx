import { formatCount, formatLoss, formatPercent, formatSeconds } from '#inkling/core/format.js';
import type { Run } from '#inkling/server/apiSchemas.js';
import { orDash } from '../../components/format.js';

/** The values of the curves, and the speed. */
export function EpochTable({ epochs }: { epochs: Run['epochs'] }) {
  return (
    <details>
      <summary>Values per epoch</summary>
      <div class="table-scroll" tabIndex={0} role="region" aria-label="Values per epoch">
        <table>
          <thead>
            <tr>
              <th>Epoch</th>
              <th class="number">Training loss</th>
              <th class="number">Training accuracy</th>
              <th class="number">Validation loss</th>
              <th class="number">Validation accuracy</th>
              <th class="number">Images/s</th>
              <th class="number">Time</th>
            </tr>
          </thead>
          <tbody>
            {epochs.map((epoch) => (
              <tr key={epoch.epoch}>
                <th scope="row">{epoch.epoch}</th>
                <td class="number">{formatLoss(epoch.trainLoss)}</td>
                <td class="number">{orDash(epoch.trainAccuracy, formatPercent)}</td>
                <td class="number">{formatLoss(epoch.validationLoss)}</td>
                <td class="number">{formatPercent(epoch.validationAccuracy)}</td>
                <td class="number">{formatCount(epoch.imagesPerSecond)}</td>
                <td class="number">{formatSeconds(epoch.seconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
