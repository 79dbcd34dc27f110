/** What a plan is for. */
export type PlanKind = 'augmentation' | 'inference' | 'session';

/** Asks for plans; the options are those of what makes them. */
export type RequestPlans = (kind: PlanKind, options: unknown) => Promise<unknown>;

let request: RequestPlans | undefined;

/** In the script of workers, which leaves planning to the page: sets how the page is asked. */
export function usePlanner(planner: RequestPlans): void {
  request = planner;
}

/** Plans of the page, which is the same program: they have the type that planning here would return. */
export function requestPlans(kind: PlanKind, options: unknown): Promise<unknown> {
  if (request === undefined)
    throw new Error('plans: a worker must know how to ask for them before it starts');
  return request(kind, options);
}
