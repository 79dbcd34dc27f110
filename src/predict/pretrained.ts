import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = dirname(fileURLToPath(import.meta.url));

/**
 * The run folder of the bundled pretrained model: the report's network, trained on MNIST by `scripts/pretrain.js`. Its path is not a URL
 * relative to the module, for which bundlers would look for a file.
 */
export const PRETRAINED_RUN = join(FOLDER, '../../pretrained/report-cnn-mnist');
