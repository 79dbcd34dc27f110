import type { Plan } from '#inkling/plan/plan.js';

/** A plan whose steps run the prologue too. */
export function withPrologue({ prologue, main }: { readonly prologue: Plan; readonly main: Plan }): Plan {
  return { ...main, stages: [...prologue.stages, ...main.stages] };
}
