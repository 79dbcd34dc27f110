import type { Run } from '#inkling/server/apiSchemas.js';
import { formatCount, formatPercent } from '../format.js';

/** The numbers of the curves. */
export function EpochTable({ epochs }: { epochs: Run['epochs'] }) {
  return (
    <details>
      <summary>Epoch by epoch</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label="Table of epochs">
        <table>
          <thead>
            <tr>
              <th>Epoch</th>
              <th class="number">Training loss</th>
              <th class="number">Validation loss</th>
              <th class="number">Validation accuracy</th>
              <th class="number">Images a second</th>
              <th class="number">Seconds</th>
            </tr>
          </thead>
          <tbody>
            {epochs.map((epoch) => (
              <tr key={epoch.epoch}>
                <th scope="row">{epoch.epoch}</th>
                <td class="number">{epoch.trainLoss.toFixed(4)}</td>
                <td class="number">{epoch.validationLoss.toFixed(4)}</td>
                <td class="number">{formatPercent(epoch.validationAccuracy)}</td>
                <td class="number">{formatCount(epoch.imagesPerSecond)}</td>
                <td class="number">{epoch.seconds.toFixed(1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
