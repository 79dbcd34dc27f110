import { Random } from '#inkling/core/random.js';
import type { Shape } from '#inkling/core/shape.js';
import type { Layer } from '#inkling/layers/index.js';
import type { Op } from '#inkling/plan/ops.js';
import type { Plan } from '#inkling/plan/plan.js';
import { overlap, type Tensor } from '#inkling/plan/tensor.js';
import { expectSlopes } from './gradients.js';
import { type Network, planNetwork } from './network.js';
import { ReferenceRun } from './referenceRun.js';

export const IMAGES = 8;

/** Runs a network with random images, labels and parameters, the same ones every time. */
export function startNetwork(network: Network): ReferenceRun {
  const random = new Random(8);
  const run = new ReferenceRun(network.arena, network.plan);
  const [classes] = network.logits.shape;
  run.set(network.source.images, () => random.uint32() % 256);
  run.set(network.source.labels, () => random.uint32() % classes);
  for (const [name, tensor] of network.parameters) {
    const isPositive = name.endsWith('running_var');
    run.set(tensor, () => random.uniform(isPositive ? 0.5 : -1, 1));
  }
  return run;
}

/**
 * Checks the gradients of a network's parameters against central differences of its loss.
 *
 * @param options.isTrained whether a parameter is trained; all are by default
 * @param options.isChecked whether a parameter's gradient is checked; all are by default
 */
export function expectNetworkGradients(options: {
  readonly layers: readonly Layer[];
  readonly imageShape: Shape;
  readonly isTrained?: (name: string) => boolean;
  readonly isChecked?: (name: string) => boolean;
}): void {
  const { isChecked = () => true, ...network } = options;
  const planned = planNetwork({ ...network, imageCount: IMAGES, batchSize: 6, mode: 'training' });
  const run = startNetwork(planned);
  const step = { first: 2, count: 5, dropoutSeed: 0xc0ffee };
  run.run(step);
  const gradients = [...planned.gradients].map(([name, tensor]) => [name, run.get(tensor)] as const);
  const forward = opsBehind(planned.plan, planned.results);
  const loss = () => {
    run.run(step, ({ op, call }) => {
      if (forward.has(op)) call();
    });
    return run.get(planned.results)[0];
  };
  for (const [name, gradient] of gradients) {
    const parameter = planned.parameters.get(name);
    if (parameter === undefined) throw new Error(`no parameter ${name}`);
    if (isChecked(name)) expectSlopes(run, parameter, 1, gradient, loss);
  }
}

/** The operations of a plan that the final values of a tensor depend on. */
function opsBehind({ stages }: Plan, result: Tensor): ReadonlySet<Op> {
  const needed = [result];
  const isNeeded = (written: Tensor) => needed.some((tensor) => overlap(tensor, written));
  const behind = new Set<Op>();
  for (const op of stages.flatMap(({ ops }) => ops).reverse()) {
    if (!Object.values<Tensor>(op.writes).some(isNeeded)) continue;
    behind.add(op);
    needed.push(...Object.values<Tensor>(op.reads));
  }
  return behind;
}
