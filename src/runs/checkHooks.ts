import { checkOptions, checkValues, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import type { RunHooks } from './conductRun.js';

/** Those of functions that train one run, or several. */
export const SHARED_HOOKS = {
  command: kinds.string,
  note: kinds.string,
  onEvent: kinds.callback,
  onDownload: kinds.callback,
  signal: kinds.signal,
} as const;

/** Those of functions that train one run. */
export const RUN_HOOKS: OptionKinds<RunHooks> = {
  ...SHARED_HOOKS,
  threads: kinds.count,
  trainsOnly: kinds.flag,
};

/**
 * Checks what functions that train runs call, and what the run records of its caller.
 *
 * @throws {UsageError} for an unknown option, or one of another kind
 */
export function checkHooks<Hooks extends Pick<RunHooks, 'command'>>(
  who: string,
  hooks: Hooks,
  hookKinds: OptionKinds<Hooks>,
): void {
  checkOptions(who, hooks, hookKinds, "{ command: 'my program' }");
  checkValues(who, { command: hooks.command }, { command: SHARED_HOOKS.command });
}
