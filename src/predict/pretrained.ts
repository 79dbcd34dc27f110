import { fileURLToPath } from 'node:url';

/** The run folder of the bundled pretrained model: the report's network, trained on MNIST by `scripts/pretrain.js`. */
export const PRETRAINED_RUN = fileURLToPath(new URL('../../pretrained/report-cnn-mnist', import.meta.url));
