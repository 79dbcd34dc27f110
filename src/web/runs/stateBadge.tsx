import { formatRunState } from '#inkling/runs/runState.js';
import type { ListedState } from '#inkling/server/apiSchemas.js';

export function StateBadge({ state, problem }: { state: ListedState; problem?: string | undefined }) {
  return (
    <span class={`badge ${state}`} title={problem}>
      {state === 'unreadable' ? state : formatRunState(state)}
    </span>
  );
}
