import type { RunState } from '#inkling/server/apiSchemas.js';

const WORDS: Readonly<Record<RunState, string>> = {
  completed: 'done',
  early: 'stopped early',
  imported: 'imported',
  interrupted: 'interrupted',
  diverged: 'diverged',
  failed: 'failed',
  running: 'running',
  unfinished: 'unfinished',
  broken: 'unreadable',
};

export function StateBadge({ state, problem }: { state: RunState; problem?: string | undefined }) {
  return (
    <span class={`badge ${state}`} title={problem}>
      {WORDS[state]}
    </span>
  );
}
