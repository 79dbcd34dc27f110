import type { Shape } from '../../core/shape.js';
import type { InputKind } from '../../images/inputKind.js';

/** What a model requires of the images of a data set. */
export interface RequiredInput {
  readonly input: Shape;
  readonly inputKind?: InputKind;
}
