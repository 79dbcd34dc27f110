import { InklingError } from '../core/errors.js';
import { formatShape } from '../core/shape.js';
import type { Dataset } from '../data/dataset.js';
import { Team } from '../engine/team.js';
import { allocateCopy, allocateNetwork, fillWeights } from '../models/network.js';
import type { ResolvedModel } from '../models/resolved.js';
import { probePlan } from '../models/plans.js';
import type { Weights } from '../models/weights.js';
import { Arena } from '../plan/arena.js';
import { assertAugmentable } from '../plan/augmentation.js';
import { INERT_STEP, MAX_STEPS, type Step } from '../plan/steps.js';
import type { Tensor } from '../plan/tensor.js';
import { frozenParameters } from './fineTune.js';
import { allocateSource, type Learning, scoringPlan, trainingPlan } from './plans.js';

export interface SessionOptions extends Learning {
  readonly model: ResolvedModel;
  readonly dataset: Dataset;
  readonly batchSize: number;
  readonly threads: number;
  /** Layers that stay as they are; see `frozenParameters`. */
  readonly freeze?: readonly string[] | undefined;
  /** Whether a moving average of the weights is kept, which then answers in place of the last ones. */
  readonly averages?: boolean;
}

/** What one training step computed. */
export interface StepResult {
  /** Mean cross-entropy of the batch. */
  readonly loss: number;
  readonly correct: number;
}

/** What a network answered to some images. */
export interface Scores {
  /** Cross-entropy of each image. */
  readonly losses: Float32Array;
  /** The predicted class of each. */
  readonly predictions: Int32Array;
}

/**
 * One model and one data set in the memory of a team of workers, ready to train and to score. Images are named by index:
 * the training images from 0 on, the test images behind them.
 */
export class Session {
  readonly #team: Team;
  readonly #plans: SessionPlans;

  private constructor(team: Team, plans: SessionPlans) {
    this.#team = team;
    this.#plans = plans;
  }

  /** @throws {InklingError} when model and data set do not fit together, or the memory cannot be had */
  static async start(options: SessionOptions): Promise<Session> {
    checkFit(options.model, options.dataset);
    if (options.augmentation) assertAugmentable(options.augmentation, options.dataset.shape);
    const plans = makePlans(options);
    const team = await Team.start(options.threads, plans.arena.bytes);
    const session = new Session(team, plans);
    session.#fill(options.dataset);
    session.#fillClassWeights(options.loss?.classWeights);
    return session;
  }

  get threads(): number {
    return this.#team.threads;
  }

  /** Which build of the kernels runs. */
  get simd(): Team['simd'] {
    return this.#team.simd;
  }

  /** A copy of the weights that answer, running statistics included: of the averages, where they are kept. */
  weights(): Map<string, Float32Array> {
    const { parameters } = this.#plans.answering;
    return new Map(
      [...parameters].map(([name, tensor]) => [name, this.#team.tensors.floats(tensor).slice()]),
    );
  }

  /**
   * The weights to go on from, and to answer with.
   *
   * @throws {InklingError} when they are not the model's
   */
  setWeights(weights: Weights): void {
    const { network, answering } = this.#plans;
    fillWeights(this.#team.tensors, network, weights);
    if (answering !== network) fillWeights(this.#team.tensors, answering, weights);
  }

  /** A copy of all that the next step depends on: parameters, their averages, what the optimizer remembers. */
  state(): Map<string, Float32Array> {
    return new Map(
      this.#remembered().map((tensor) => [tensor.name, this.#team.tensors.floats(tensor).slice()]),
    );
  }

  /**
   * Goes on from where a session of the same options was.
   *
   * @throws {InklingError} when the state is of other options
   */
  setState(state: ReadonlyMap<string, Float32Array>): void {
    for (const tensor of this.#remembered()) {
      const [target, values] = [this.#team.tensors.floats(tensor), state.get(tensor.name)];
      if (values?.length !== target.length) {
        throw new InklingError(
          `resume: ${tensor.name} has ${values?.length ?? 'no'} values, expected ${target.length}; ` +
            'go on with the same network and optimizer',
        );
      }
      target.set(values);
    }
  }

  #remembered(): readonly Tensor[] {
    const { network, answering, training } = this.#plans;
    return [...new Set([network.all, answering.all]), ...training.memory];
  }

  /** The gradient of each trained parameter in the last training step. */
  gradients(): Map<string, Float32Array> {
    const { gradients } = this.#plans.network;
    return new Map([...gradients].map(([name, tensor]) => [name, this.#team.tensors.floats(tensor).slice()]));
  }

  /** Moves the running statistics as a probe with zeros does; see `Model.probesWithZeros`. */
  async probe(): Promise<void> {
    const { probe, network, answering } = this.#plans;
    await this.#team.run(probe, [{ ...INERT_STEP, first: 0, count: 1 }]);
    this.#team.tensors.floats(answering.all).set(this.#team.tensors.floats(network.all));
  }

  /** Says which images the next training steps take, in order. */
  setOrder(indices: ArrayLike<number>): void {
    this.#team.tensors.ints(this.#plans.source.order).set(indices);
  }

  /** Trains on consecutive runs of the order, at most `MAX_STEPS` of them. */
  async train(steps: readonly Step[]): Promise<StepResult[]> {
    const { plan, results } = this.#plans.training;
    await this.#team.run(plan, steps);
    const numbers = this.#team.tensors.doubles(results);
    return steps.map((_, step) => ({ loss: numbers[2 * step], correct: numbers[2 * step + 1] }));
  }

  /** Scores images with the weights that answer. */
  async score(indices: Uint32Array): Promise<Scores> {
    this.setOrder(indices);
    const { plan, losses, predictions } = this.#plans.scoring;
    const steps = batchesOf(indices.length, plan.batchSize).map((batch) => ({ ...INERT_STEP, ...batch }));
    for (let at = 0; at < steps.length; at += MAX_STEPS) {
      await this.#team.run(plan, steps.slice(at, at + MAX_STEPS));
    }
    return {
      losses: this.#team.tensors.floats(losses).slice(0, indices.length),
      predictions: this.#team.tensors.ints(predictions).slice(0, indices.length),
    };
  }

  async close(): Promise<void> {
    await this.#team.close();
  }

  #fillClassWeights(weights: readonly number[] | undefined): void {
    const { classWeights } = this.#plans.training;
    if (classWeights === undefined) return;
    const values = this.#team.tensors.floats(classWeights);
    if (weights === undefined) values.fill(1);
    else values.set(weights);
  }

  #fill({ train, test }: Dataset): void {
    const { images, labels } = this.#plans.source;
    this.#team.tensors.bytes(images).set(train.images);
    this.#team.tensors.bytes(images).set(test.images, train.images.length);
    this.#team.tensors.bytes(labels).set(train.labels);
    this.#team.tensors.bytes(labels).set(test.labels, train.labels.length);
  }
}

/** Cuts `count` images into batches, the last of which may be short. */
export function batchesOf(count: number, batchSize: number): Pick<Step, 'first' | 'count'>[] {
  return Array.from({ length: Math.ceil(count / batchSize) }, (_, batch) => ({
    first: batch * batchSize,
    count: Math.min(batchSize, count - batch * batchSize),
  }));
}

type SessionPlans = Readonly<ReturnType<typeof makePlans>>;

function makePlans({
  model,
  dataset,
  batchSize,
  freeze = [],
  averages = false,
  ...learning
}: SessionOptions) {
  const arena = new Arena();
  const network = allocateNetwork(arena, model, frozenParameters(model, freeze));
  const answering = averages ? allocateCopy(arena, network, 'averages') : network;
  const source = allocateSource(
    arena,
    model.model.input,
    dataset.train.labels.length + dataset.test.labels.length,
  );
  const inputs = { model, network, source, batchSize };
  return {
    network,
    /** The weights that score: those that learn, or their averages. */
    answering,
    source,
    training: trainingPlan(arena, inputs, learning, averages ? answering : undefined),
    scoring: scoringPlan(arena, { ...inputs, network: answering }),
    probe: probePlan(arena, model, network),
    arena,
  };
}

/** @throws {InklingError} when a model does not take a data set's images, or tells other classes apart */
export function checkFit({ model, classes: outputs }: ResolvedModel, dataset: Dataset): void {
  const [image, expected] = [formatShape(dataset.shape), formatShape(model.input)];
  if (image !== expected) {
    throw new InklingError(
      `${model.name}: takes images of ${expected}, but those of ${dataset.name} are ${image}; ` +
        'train a model on this data set',
    );
  }
  const classes = dataset.classes.length;
  if (classes !== outputs) {
    throw new InklingError(
      `${model.name}: tells ${String(outputs)} classes apart, but ${dataset.name} has ${String(classes)}; ` +
        'train a model on this data set',
    );
  }
}
