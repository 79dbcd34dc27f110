import type { Model } from '../model.js';
import type { Architecture, ArchitectureOptions, PresetOptions } from '../presetOptions.js';

/** A network for images of any size, or of a minimum size, and any number of classes. */
export interface Preset {
  readonly description: string;
  /** The images and number of classes that it was designed for; by default those of MNIST. */
  readonly designedFor?: PresetOptions;
  /** The options that it has, with their defaults. */
  readonly defaults?: ArchitectureOptions;
  /**
   * @param architecture an option that it does not have is 0
   * @throws {UsageError} if the images do not suit it
   */
  readonly build: (options: PresetOptions, architecture: Architecture) => Omit<Model, 'name' | 'input'>;
}
