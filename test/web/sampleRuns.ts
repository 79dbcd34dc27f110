import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { parseConfig } from '#inkling/train/config.js';
import { trainRun } from '#inkling/runs/trainRun.js';

/** Trains two small runs on the built-in digits, with the same test images as the server. */
export async function sampleRuns(runDir: string) {
  const dataset = generateDigits({ seed: 0, train: 2000, test: 10_000 });
  const train = (seed: number, epochs: number) => {
    const config = parseConfig({ model: 'mlp', dataset: 'digits', epochs, seed, threads: 2, runDir });
    return trainRun(config, dataset, { command: 'inkling train', onEvent: () => undefined });
  };
  return [await train(0, 4), await train(1, 2)] as const;
}
