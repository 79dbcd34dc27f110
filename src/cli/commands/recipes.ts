import type { Command } from 'commander';
import { type Recipe, recipe, recipeNames } from '../../train/recipes.js';
import { flagNameOf } from '../arguments/flagNames.js';
import { addExamples, addJsonFlag, outputOptionsFrom } from '../arguments/flags.js';
import { allSettings } from '../../train/settings/names.js';
import type { Io } from '../io.js';
import { Output } from '../terminal/output.js';

export function addRecipes(program: Command, io: Io): void {
  const command = program
    .command('recipes')
    .description('List the recipes for "inkling train --recipe", or show the settings of one.')
    .argument('[NAME]', 'recipe to show');
  addJsonFlag(command);
  addExamples(command, [
    ['inkling recipes', 'list all recipes'],
    ['inkling recipes best', 'show the settings of a recipe'],
  ]);
  command.action((name: string | undefined) => {
    const output = new Output(io, outputOptionsFrom(command));
    if (name === undefined) {
      const rows = recipeNames.map((each) => [each, recipe(each).description]);
      output.table([['recipe', 'description'], ...rows], ['left', 'left']);
      output.result(Object.fromEntries(recipeNames.map((each) => [each, recipe(each)])));
    } else {
      print(name, recipe(name), output);
      output.result(recipe(name));
    }
  });
}

function print(name: string, { description, gray, color }: Recipe, output: Output): void {
  output.heading(`${name}: ${description}`);
  const rows = allSettings.flatMap((setting) => {
    if (gray[setting] === undefined && color[setting] === undefined) return [];
    return [[`--${flagNameOf(setting)}`, cell(gray[setting]), cell(color[setting])]];
  });
  if (rows.length === 0) output.line('all settings have their defaults');
  else output.table([['option', 'grayscale images', 'color images'], ...rows], ['left', 'left', 'left']);
  output.line();
  output.line(`to use it, run: inkling train --recipe ${name}; other options override its settings`);
}

/** A setting in the notation of its flag. */
function cell(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return Object.entries(value)
    .map(([name, part]) => (part === true ? name : `${name}=${String(part)}`))
    .join(',');
}
