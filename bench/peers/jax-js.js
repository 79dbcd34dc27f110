/** The report's network in jax-js. Passing an array to a function consumes it; `.ref` keeps it. */
import { defaultDevice, init, nn, numpy as np, tree, valueAndGrad, lax } from '@jax-js/jax';
import { serve } from '../../build/bench/serve.js';
import { batchesOf, weightsOf } from './fixture.js';

const BLOCKS = ['layer1', 'layer2'];
const ADAM = { rate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const PADDING = [
  [2, 2],
  [2, 2],
];

await serve(async (job) => {
  await init();
  defaultDevice('wasm');
  const nextBatch = batchesOf(job);
  const weights = Object.entries(weightsOf(job)).map(([name, tensor]) => [name, arrayOf(tensor)]);
  const isStatistic = ([name]) => name.includes('running');
  const parameters = Object.fromEntries(weights.filter((entry) => !isStatistic(entry)));
  const statistics = Object.fromEntries(weights.filter(isStatistic));
  return job.task === 'training'
    ? prepareTraining(parameters, nextBatch)
    : prepareInference(parameters, statistics, nextBatch);
});

async function prepareTraining(initial, nextBatch) {
  let parameters = initial;
  let first = tree.map(np.zerosLike, tree.ref(parameters));
  let second = tree.map(np.zerosLike, tree.ref(parameters));
  let updates = 0;
  const lossAndGradient = valueAndGrad(lossOf);

  const step = async () => {
    const { pixels, labels } = nextBatch();
    const images = imagesOf(pixels);
    const targets = nn.oneHot(np.array(Int32Array.from(labels), { dtype: np.int32 }), 10);
    const [loss, gradient] = lossAndGradient(tree.ref(parameters), images, targets);
    updates++;
    first = tree.map((m, g) => m.mul(ADAM.beta1).add(g.mul(1 - ADAM.beta1)), first, tree.ref(gradient));
    second = tree.map((v, g) => v.mul(ADAM.beta2).add(np.square(g).mul(1 - ADAM.beta2)), second, gradient);
    const rate = ADAM.rate / (1 - ADAM.beta1 ** updates);
    const correction = 1 / (1 - ADAM.beta2 ** updates);
    parameters = tree.map(
      (p, m, v) => p.sub(m.mul(rate).div(np.sqrt(v.mul(correction)).add(ADAM.epsilon))),
      parameters,
      tree.ref(first),
      tree.ref(second),
    );
    for (const name in parameters) await parameters[name].ref.data();
    return { loss: (await loss.data())[0], count: labels.length };
  };
  const { loss } = await step();
  return { checkValue: loss, work: async () => (await step()).count };
}

async function prepareInference(parameters, statistics, nextBatch) {
  const predict = async () => {
    const { pixels, labels } = nextBatch();
    const logits = logitsOf(tree.ref(parameters), imagesOf(pixels), tree.ref(statistics));
    const probabilities = await nn.softmax(logits).data();
    return { probability: probabilities[labels[0]], count: labels.length };
  };
  const { probability } = await predict();
  return { checkValue: probability, work: async () => (await predict()).count };
}

function lossOf(parameters, images, targets) {
  return nn.logSoftmax(logitsOf(parameters, images)).mul(targets).sum(1).mean().neg();
}

/** Normalizes with the running statistics, or without them with those of the batch. */
function logitsOf(parameters, images, statistics) {
  let activations = images;
  for (const name of BLOCKS) {
    const part = (key) => parameters[`${name}.${key}`];
    const channelwise = (array) => array.reshape([1, -1, 1, 1]);
    const convolved = lax
      .conv(activations, part('0.weight'), [1, 1], PADDING)
      .add(channelwise(part('0.bias')));
    const [mean, variance] = statistics
      ? [statistics[`${name}.1.running_mean`], statistics[`${name}.1.running_var`]].map(channelwise)
      : batchStatistics(convolved.ref);
    const normalized = convolved.sub(mean).div(np.sqrt(variance.add(1e-5)));
    const scaled = normalized.mul(channelwise(part('1.weight'))).add(channelwise(part('1.bias')));
    activations = pool(nn.relu(scaled));
  }
  const flat = activations.reshape([activations.shape[0], -1]);
  return np.matmul(flat, parameters['fc.weight'].transpose()).add(parameters['fc.bias']);
}

function batchStatistics(images) {
  const mean = np.mean(images.ref, [0, 2, 3], { keepdims: true });
  const variance = np.mean(np.square(images.sub(mean.ref)), [0, 2, 3], { keepdims: true });
  return [mean, variance];
}

/** 2×2 max pooling; drops an odd last row and column. */
function pool(images) {
  const [count, channels, height, width] = images.shape;
  const [rows, columns] = [Math.floor(height / 2), Math.floor(width / 2)];
  const even = images.slice([], [], [0, 2 * rows], [0, 2 * columns]);
  return np.max(even.reshape([count, channels, rows, 2, columns, 2]), [3, 5]);
}

function imagesOf(pixels) {
  return np.array(pixels.slice()).reshape([pixels.length / (28 * 28), 1, 28, 28]);
}

function arrayOf({ shape, values }) {
  return np.array(values).reshape(shape);
}
