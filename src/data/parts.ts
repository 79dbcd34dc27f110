/** The parts of a data set, in the order in which they are stored. */
export const DATASET_PARTS = ['train', 'validation', 'test'] as const;

/** A part of a data set. */
export type DatasetPart = (typeof DATASET_PARTS)[number];
