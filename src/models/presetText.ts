import { UsageError } from '../core/errors.js';
import { type Architecture, architectureOptions, type ArchitectureOptions } from './presetOptions.js';

const OPTION = /^(?<option>[^=]+)=(?<value>.+)$/;

/** The name of a preset, without its options. */
export function presetNameOf(text: string): string {
  return text.split(':', 1)[0];
}

/**
 * Parses a preset with options, such as `mlp:width=32,depth=2`, whose values are checked where the preset is built.
 *
 * @throws {UsageError} when the options have another form, or one is stated twice
 */
export function parsePresetText(text: string): { readonly name: string; readonly stated: object } {
  const name = presetNameOf(text);
  if (name === text) return { name, stated: {} };
  const stated = new Map<string, number>();
  for (const part of text.slice(name.length + 1).split(',')) {
    const { option = '', value } = OPTION.exec(part)?.groups ?? {};
    if (option === '' || !Number.isFinite(Number(value))) {
      throw new UsageError(
        `model "${text}": expected options with numbers after the name, such as ${name}:width=32,depth=2, got "${part}"`,
      );
    }
    if (stated.has(option)) {
      throw new UsageError(`model "${text}": expected each option once, got ${option} twice; remove one`);
    }
    stated.set(option, Number(value));
  }
  return { name, stated: Object.fromEntries(stated) };
}

/** A preset with those of its options that differ from its defaults, in a fixed order: equal networks have equal names. */
export function formatPreset(name: string, options: Architecture, defaults: ArchitectureOptions): string {
  const stated = architectureOptions
    .filter((option) => defaults[option] !== undefined && options[option] !== defaults[option])
    .map((option) => `${option}=${String(options[option])}`);
  return stated.length === 0 ? name : `${name}:${stated.join(',')}`;
}
