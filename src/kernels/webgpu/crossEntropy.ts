import { forElements, forItems, forItemsOf } from './lib/elements.js';
import type { WebgpuKernel } from './lib/kernel.js';
import { softmaxCode } from './lib/softmax.js';
import { PAIRS, sums } from './lib/sums.js';
import { addresses, elementsOf, float } from './lib/wgsl.js';

export const crossEntropy: WebgpuKernel<'crossEntropy'> = ({ reads, writes }, limits) => {
  const classes = elementsOf(reads.logits);
  return sums(
    {
      channels: 1,
      pixels: 1,
      declarations: `${addresses({ ...reads, ...writes })}${softmaxCode(classes)}
fn terms(item: u32, pixel: u32, channel: u32) -> Terms {
  let softmax = softmaxOf(item);
  let truth = loadWord(at_targets(item, 0u));
  let loss = -logProbability(item, truth, softmax);
  for (var c = 0u; c < ${classes}u; c++) {
    let probability = exponential(logProbability(item, c, softmax));
    store(at_logitsGrad(item, c), (probability - select(0.0, 1.0, c == truth)) / f32(current.count));
  }
  return Terms(vec2f(loss, 0.0), vec2f(select(0.0, 1.0, softmax.prediction == truth), 0.0));
}
fn finish(part: u32, c: u32, loss: vec2f, correct: vec2f) {
  storePair(at_totals(part, 0u), loss);
  storePair(at_totals(part, 1u), correct);
}
`,
    },
    limits,
  );
};

export const sumTargetWeights: WebgpuKernel<'sumTargetWeights'> = ({ reads, writes }, limits) =>
  sums(
    {
      channels: 1,
      pixels: 1,
      declarations: `${addresses({ ...reads, ...writes })}
fn terms(item: u32, pixel: u32, channel: u32) -> Terms {
  let share = load(at_partnerShares(item, 0u));
  let own = load(at_classWeights(0u, loadWord(at_targets(item, 0u))));
  let other = load(at_classWeights(0u, loadWord(at_partners(item, 0u))));
  let mixed = addPairs(vec2f(own, 0.0), addPairs(product(-share, own), product(share, other)));
  return Terms(mixed, vec2f(0.0));
}
fn finish(part: u32, c: u32, first: vec2f, second: vec2f) { storePair(at_weightSums(part, 0u), first); }
`,
    },
    limits,
  );

export const softCrossEntropy: WebgpuKernel<'softCrossEntropy'> = ({ reads, writes, smoothing }, limits) => {
  const classes = elementsOf(reads.logits);
  return sums(
    {
      channels: 1,
      pixels: 1,
      declarations: `${addresses({ ...reads, ...writes })}${softmaxCode(classes)}
fn shareOf(item: u32, c: u32) -> f32 {
  let share = load(at_partnerShares(item, 0u));
  let own = select(0.0, 1.0 - share, c == loadWord(at_targets(item, 0u)));
  return own + select(0.0, share, c == loadWord(at_partners(item, 0u)));
}
fn amountOf(item: u32, c: u32) -> f32 {
  let share = ${float(1 - smoothing)} * shareOf(item, c) + ${float(smoothing / classes)};
  return load(at_classWeights(0u, c)) * share;
}
fn totalWeight() -> f32 {
  var weight = vec2f(0.0);
  for (var task = 0u; task < ${reads.weightSums.count}u; task++) {
    weight = addPairs(weight, loadPair(at_weightSums(task, 0u)));
  }
  return weight.x;
}
fn terms(item: u32, pixel: u32, channel: u32) -> Terms {
  let weight = totalWeight();
  var total = 0.0;
  for (var c = 0u; c < ${classes}u; c++) { total += amountOf(item, c); }
  let softmax = softmaxOf(item);
  var loss = 0.0;
  for (var c = 0u; c < ${classes}u; c++) {
    let amount = amountOf(item, c);
    let logProbability = logProbability(item, c, softmax);
    loss -= amount * logProbability;
    store(at_logitsGrad(item, c), (exponential(logProbability) * total - amount) / weight);
  }
  return Terms(vec2f(loss, 0.0), vec2f(shareOf(item, softmax.prediction), 0.0));
}
fn finish(part: u32, c: u32, loss: vec2f, correct: vec2f) {
  // lossTotal divides by the number of images.
  storePair(at_totals(part, 0u), vec2f(loss.x / totalWeight() * f32(current.count), 0.0));
  storePair(at_totals(part, 1u), correct);
}
`,
    },
    limits,
  );
};

export const lossTotal: WebgpuKernel<'lossTotal'> = ({ reads, writes }) =>
  forElements(
    { ...reads, ...writes },
    1,
    `var loss = vec2f(0.0);
  var correct = vec2f(0.0);
  for (var task = 0u; task < ${reads.totals.count}u; task++) {
    loss = addPairs(loss, loadPair(at_totals(task, 0u)));
    correct = addPairs(correct, loadPair(at_totals(task, 1u)));
  }
  storePair(at_results(0u, current.row * 2u), vec2f(loss.x / f32(current.count), 0.0));
  storePair(at_results(0u, current.row * 2u + 1u), correct);`,
    PAIRS,
  );

export const score: WebgpuKernel<'score'> = ({ reads, writes }) => {
  const classes = elementsOf(reads.logits);
  return forItems(
    { ...reads, ...writes },
    reads.logits,
    1,
    `let softmax = softmaxOf(item);
  let image = current.first + item;
  store(at_losses(0u, image), -logProbability(item, loadWord(at_targets(item, 0u)), softmax));
  storeWord(at_predictions(0u, image), softmax.prediction);
  for (var c = 0u; c < ${classes}u; c++) {
    store(at_outputs(0u, image * ${classes}u + c), load(at_logits(item, c)));
  }`,
    softmaxCode(classes),
  );
};

export const softmax: WebgpuKernel<'softmax'> = ({ reads, writes }) =>
  forItemsOf(
    { ...reads, ...writes },
    writes.probabilities,
    'store(at_probabilities(item, e), exponential(logProbability(item, e, softmaxOf(item))));',
    softmaxCode(elementsOf(reads.logits)),
  );
