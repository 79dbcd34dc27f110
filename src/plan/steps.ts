/**
 * What changes from one step to the next, as float64 numbers in the plan's `steps` tensor, so that the team can run many
 * steps without hearing from the main thread.
 */
export interface Step {
  /** Index into the order of the step's first image. */
  readonly first: number;
  /** Images in this step's batch; the last batch of an epoch may be short. */
  readonly count: number;
  readonly learningRate: number;
  /** `1 - beta1^t` and `1 - beta2^t` of Adam's t-th update; 1 where Adam is not used. */
  readonly biasCorrection1: number;
  readonly biasCorrection2: number;
  /** How far the moving average of the weights goes towards the new ones; 0 where none is kept. */
  readonly averageShare: number;
  /** 32 random bits that dropout's masks grow from. */
  readonly dropoutSeed: number;
  /** 32 random bits that the changes to its images grow from. */
  readonly augmentSeed: number;
}

/** What a step needs to know beside its batch. */
export type StepSettings = Omit<Step, 'first' | 'count'>;

/** A step that learns nothing and draws nothing. */
export const INERT_STEP: StepSettings = {
  learningRate: 0,
  biasCorrection1: 1,
  biasCorrection2: 1,
  averageShare: 0,
  dropoutSeed: 0,
  augmentSeed: 0,
};

/** The order of a step's fields in memory; the kernels count on it. */
export const STEP_FIELDS = [
  'first',
  'count',
  'learningRate',
  'biasCorrection1',
  'biasCorrection2',
  'averageShare',
  'dropoutSeed',
  'augmentSeed',
] as const satisfies readonly (keyof Step)[];

/** Most steps that one call can run. */
export const MAX_STEPS = 64;

export function writeSteps(target: Float64Array, steps: readonly Step[]): void {
  steps.forEach((step, index) => {
    STEP_FIELDS.forEach((field, place) => {
      target[index * STEP_FIELDS.length + place] = step[field];
    });
  });
}
