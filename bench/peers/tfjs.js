/** The report's network in TensorFlow.js. It uses channels-last images; PyTorch uses channels-first. */
import * as tf from '@tensorflow/tfjs';
import { serve } from '../../build/bench/serve.js';
import { batchesOf, weightsOf } from './fixture.js';

const BLOCKS = ['layer1', 'layer2'];

/** @param configure called with the job before the backend starts */
export function serveTfjs(backend, configure = () => undefined) {
  return serve(async (job) => {
    configure(job);
    await tf.setBackend(backend);
    await tf.ready();
    const model = buildModel(weightsOf(job));
    const nextBatch = batchesOf(job);
    return job.task === 'training' ? prepareTraining(model, nextBatch) : prepareInference(model, nextBatch);
  });
}

async function prepareTraining(model, nextBatch) {
  model.compile({ optimizer: tf.train.adam(0.001), loss: 'categoricalCrossentropy' });
  const step = async () => {
    const { pixels, labels } = nextBatch();
    const images = imagesOf(pixels);
    const targets = tf.tidy(() => tf.oneHot(tf.tensor1d([...labels], 'int32'), 10).toFloat());
    const loss = await model.trainOnBatch(images, targets);
    tf.dispose([images, targets]);
    return { loss, count: labels.length };
  };
  const { loss } = await step();
  return { checkValue: loss, work: async () => (await step()).count };
}

async function prepareInference(model, nextBatch) {
  const predict = async () => {
    const { pixels, labels } = nextBatch();
    const images = imagesOf(pixels);
    const output = model.predict(images);
    const probabilities = await output.data();
    tf.dispose([images, output]);
    return { probability: probabilities[labels[0]], count: labels.length };
  };
  const { probability } = await predict();
  return { checkValue: probability, work: async () => (await predict()).count };
}

function imagesOf(pixels) {
  return tf.tensor(pixels, [pixels.length / (28 * 28), 28, 28, 1]);
}

function buildModel(weights) {
  const model = tf.sequential({ layers: [...block('layer1', 16, [28, 28, 1]), ...block('layer2', 32)] });
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ name: 'fc', units: 10, activation: 'softmax' }));
  const tensor = (name) => tf.tensor(weights[name].values, weights[name].shape);
  for (const name of BLOCKS) {
    const kernel = tensor(`${name}.0.weight`).transpose([2, 3, 1, 0]);
    model.getLayer(`${name}.conv`).setWeights([kernel, tensor(`${name}.0.bias`)]);
    const norm = ['weight', 'bias', 'running_mean', 'running_var'].map((part) => tensor(`${name}.1.${part}`));
    model.getLayer(`${name}.norm`).setWeights(norm);
  }
  const fc = tensor('fc.weight').reshape([10, 32, 8, 8]).transpose([2, 3, 1, 0]).reshape([2048, 10]);
  model.getLayer('fc').setWeights([fc, tensor('fc.bias')]);
  return model;
}

function block(name, filters, inputShape) {
  return [
    tf.layers.zeroPadding2d({ padding: 2, ...(inputShape && { inputShape }) }),
    tf.layers.conv2d({ name: `${name}.conv`, filters, kernelSize: 3 }),
    tf.layers.batchNormalization({ name: `${name}.norm`, momentum: 0.9, epsilon: 1e-5 }),
    tf.layers.reLU(),
    tf.layers.maxPooling2d({ poolSize: 2 }),
  ];
}
