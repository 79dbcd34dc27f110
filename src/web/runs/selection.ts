import type { Cell } from '../../components/charts/confusionMatrix.js';

/** The test images to show. */
export type Selection = Cell | 'errors';
