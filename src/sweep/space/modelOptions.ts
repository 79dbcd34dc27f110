import { type ArchitectureOptions, architectureOptions } from '../../models/presetOptions.js';

/** An option of a preset as a setting of a space. */
export type ModelOptionName = `model.${keyof ArchitectureOptions}`;

export const modelOptionNames: readonly ModelOptionName[] = architectureOptions.map(modelOptionName);

export function isModelOption(name: string): name is ModelOptionName {
  return modelOptionNames.some((each) => each === name);
}

export function modelOptionName(option: keyof ArchitectureOptions): ModelOptionName {
  return `model.${option}`;
}
