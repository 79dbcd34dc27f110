import type { Model } from '../model.js';
import type { PresetOptions } from '../presetOptions.js';

/** A network for images of any size, or of a minimum size, and any number of classes. */
export interface Preset {
  readonly description: string;
  /** The images and number of classes that it was designed for; by default those of MNIST. */
  readonly designedFor?: PresetOptions;
  /** @throws {UsageError} if the images do not suit it */
  readonly build: (options: PresetOptions) => Omit<Model, 'name' | 'input'>;
}
