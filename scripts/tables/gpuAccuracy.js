/** The results of `npm run bench:gpu-accuracy`. */
import { mean, percent, readRecord, thousands } from './markdown.js';

const RECORD = 'bench/results/gpu-accuracy.json';

export function gpuAccuracyText() {
  const { adapter, images, batchSize, epochs, gpu, cpu, losses, commit, date } = readRecord(RECORD);
  const accuracies = cpu.map(({ testAccuracy }) => testAccuracy);
  const same = cpu.find(({ seed }) => seed === gpu.seed);
  const average = mean(accuracies);
  const deviation = Math.sqrt(
    accuracies.reduce((sum, accuracy) => sum + (accuracy - average) ** 2, 0) / (accuracies.length - 1),
  );
  return [
    `${epochs} epochs of the report's CNN on ${thousands(images.train)} images of MNIST, in batches of ${batchSize}: trained by ${adapter}, it classifies ` +
      `${percent(gpu.testAccuracy)} of the ${thousands(images.test)} test images correctly; by the processor with the same seed, ${percent(same.testAccuracy)}. ` +
      `From seed to seed, that varies more: ${accuracies.length} seeds on the processor classify ${percent(Math.min(...accuracies))} to ` +
      `${percent(Math.max(...accuracies))}, with a standard deviation of ${(100 * deviation).toFixed(2)} percentage points. The losses of the first ${losses.steps} steps ` +
      `differ by at most ${scientific(losses.largestDifference)}: each difference changes the weights, and so all later steps.`,
    `Measured with \`npm run bench:gpu-accuracy\`, commit ${commit}, ${date.slice(0, 10)}. See [the results](../${RECORD}).`,
  ].join('\n\n');
}

/** `9 · 10⁻⁷` */
function scientific(value) {
  const [digits, exponent] = value.toExponential(0).split('e');
  const superscript = Array.from(
    exponent.replace('+', ''),
    (digit) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(digit)],
  );
  return `${digits} · 10${superscript.join('')}`;
}
