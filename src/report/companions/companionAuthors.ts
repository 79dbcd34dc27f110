/** Who made a model, for its companion files. */
export interface CompanionAuthors {
  /** The title of the report; by default what the model is. */
  readonly title?: string | undefined;
  readonly authors: readonly string[];
}
