/** A cell of the confusion matrix: images of one class that were taken for another, or rightly for itself. */
export interface Cell {
  readonly label: number;
  readonly predicted: number;
}

/** Which test images to show. */
export type Selection = Cell | 'mistakes';
