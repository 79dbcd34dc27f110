/** A cell of the confusion matrix: the images of one class predicted as another, or correctly as itself. */
export interface Cell {
  readonly label: number;
  readonly predicted: number;
}

/** The test images to show. */
export type Selection = Cell | 'errors';
