import { formatRunState, type ListedState } from '#inkling/runs/runState.js';

export function StateBadge({ state }: { state: ListedState }) {
  return <span class={`badge ${state}`}>{formatRunState(state)}</span>;
}
