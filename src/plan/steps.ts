/**
 * The fields of a row of the plan's `steps` tensor, in the order in which they lie in memory: each is a float64, which kernels
 * read as the type given here. `scripts/generate.js` generates the kernels' accessors from this list.
 */
const STEP_FIELD_TYPES = {
  /** The index of the batch's first image in the engine's memory. */
  first: 'i32',
  /** Images in this step's batch; the last batch of an epoch may be smaller. */
  count: 'f64',
  learningRate: 'f64',
  /** `1 - beta1^t` of Adam's t-th update. */
  biasCorrection1: 'f64',
  /** `1 - beta2^t` of Adam's t-th update. */
  biasCorrection2: 'f64',
  /** The fraction by which the moving average of the weights moves toward the new weights; 0 without a moving average. */
  averageShare: 'f64',
  /** 32 random bits: the seed of the step's dropout masks. */
  dropoutSeed: 'u32',
  /** 32 random bits: the seed of the step's image augmentation. */
  augmentSeed: 'u32',
} as const;

/**
 * What changes from one step to the next. Workers read it from memory, so that they can run many steps without a message from
 * the main thread.
 */
export type Step = { readonly [Field in keyof typeof STEP_FIELD_TYPES]: number };

/** The fields of a step in memory order. */
export const STEP_FIELDS = Object.keys(STEP_FIELD_TYPES) as readonly (keyof Step)[];

/** The fields of a step that do not depend on its batch. */
export type StepSettings = Omit<Step, 'first' | 'count'>;

/** The settings of a step without an update and without random numbers. */
export const INERT_STEP: StepSettings = {
  learningRate: 0,
  biasCorrection1: 1,
  biasCorrection2: 1,
  averageShare: 0,
  dropoutSeed: 0,
  augmentSeed: 0,
};

/** The maximum number of steps that one call can run. */
export const MAX_STEPS = 64;

/** @param row of the first of the steps */
export function writeSteps(target: Float64Array, steps: readonly Step[], row = 0): void {
  steps.forEach((step, index) => {
    STEP_FIELDS.forEach((field, position) => {
      target[(row + index) * STEP_FIELDS.length + position] = step[field];
    });
  });
}
