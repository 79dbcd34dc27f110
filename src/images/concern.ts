/**
 * Properties of an image that make every prediction for it doubtful, regardless of the model: a code, and an explanation in
 * English that can follow "doubtful:".
 */
export const CONCERNS = {
  /** All pixels are equal or nearly equal. */
  empty: 'the image is empty: its pixels are nearly equal',
  /** Neighboring pixels are unrelated. */
  noise: 'the image shows only noise',
  /** More than one digit where a single one is expected. */
  'several-digits':
    'the image seems to show several digits side by side (to read a number, use inkling predict --number)',
} as const;

export type ConcernCode = keyof typeof CONCERNS;

/** The model inputs made from an image. */
export interface ModelInputs {
  /** `[images, height, width, channels]`, from 0 to 1: one image, or one per digit of a number */
  readonly pixels: Float32Array;
  /** Concerns that make the predictions for all of them doubtful. */
  readonly concerns: readonly ConcernCode[];
}

/** Model inputs made from an image file. */
export interface FileInputs extends ModelInputs {
  /** A note if only a part of the file was read, such as its first frame. */
  readonly note?: string;
}
