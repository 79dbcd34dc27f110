import type { Command } from 'commander';
import { dirname, extname, join, resolve, sep } from 'node:path';
import { InklingError } from '../../core/errors.js';
import { formatCount, formatPercent, formatPlural } from '../../core/format.js';
import { type FileExplanation, explainFiles } from '../../explain/explainFiles.js';
import { METHOD_TITLES, SALIENCY_METHODS, type SaliencyMethod } from '../../explain/methods.js';
import { writeFileAtomic } from '../../platform/files.js';
import { makeFolder } from '../../platform/folders.js';
import { splitModelAndImages } from '../../runs/modelArgument.js';
import { resolveTrainedModel } from '../../runs/resolveModel.js';
import {
  addExamples,
  addJsonFlag,
  addSettings,
  choiceOption,
  outputOptionsFrom,
} from '../arguments/flags.js';
import type { Io } from '../io.js';
import { findImages } from '../findImages.js';
import { Output } from '../terminal/output.js';

interface Options {
  readonly method?: SaliencyMethod;
  readonly layer?: string;
  readonly class?: string;
  readonly out: string;
  readonly runDir: string;
  readonly dataDir?: string;
}

export function addExplain(program: Command, io: Io): void {
  const command = program
    .command('explain')
    .description(
      'Show which parts of images count for a class: write each image with its saliency beside it.',
    )
    .argument(
      '<RUN|IMAGE...>',
      'images to explain: files, folders with their subfolders, or glob patterns; a run, checkpoint file, or backbone (see inkling train --help) among them selects the model (default: the bundled pretrained model)',
    )
    .addOption(
      choiceOption(
        '--method <METHOD>',
        `${SALIENCY_METHODS.join(', ')} (default: layer-cam for models of photos, otherwise occlusion)`,
        SALIENCY_METHODS,
      ),
    )
    .option(
      '--layer <NAME>',
      'the layer whose output layer-cam and grad-cam use, as "inkling summary" names it (default: the last one that outputs an image)',
    )
    .option('--class <NAME>', 'the class to explain (default: the predicted class of each image)')
    .option('--out <FOLDER>', 'folder to write PNG files to', 'explanations');
  addSettings(command, ['dataDir'], 'none');
  addSettings(command, ['runDir']);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling explain seven.png', 'with the pretrained model'],
    ['inkling explain pets-1 photos --out maps', 'a folder, with your own run'],
    ['inkling explain pets-1 cat.jpg --class dog', 'another class'],
  ]);
  command.action(async (words: string[]) => {
    const { out, runDir, dataDir, class: label, method, layer } = command.opts<Options>();
    const output = new Output(io, outputOptionsFrom(command));
    const { model, images } = splitModelAndImages('explain', words, runDir);
    const trained = await resolveTrainedModel(model, { runDir, dataDir, environment: io.environment });
    const files = await findImages(images, output);
    const nameFor = namesIn(
      out,
      files.map(({ file }) => file),
    );
    const results: object[] = [];
    let failed = 0;
    for await (const explained of explainFiles(trained, files, { method, layer, label })) {
      if ('error' in explained) {
        failed++;
        output.message(`${explained.file}: ${explained.error}`);
        results.push(explained);
      } else results.push(write(explained, nameFor(explained.file), output));
    }
    output.result({ model: trained.saved.model.name, explanations: results });
    if (failed > 0) {
      throw new InklingError(
        `${formatCount(failed)} of ${formatPlural(results.length, 'file')} could not be explained`,
      );
    }
  });
}

/** Writes the image of an explanation, and prints a line about it; returns the value for `--json`. */
function write(
  {
    file,
    note,
    confidence,
    saliency: { label, method, layer },
    png,
  }: Exclude<FileExplanation, { error: string }>,
  image: string,
  output: Output,
): object {
  if (note !== undefined) output.message(`${file}: ${note}`);
  makeFolder(dirname(image));
  writeFileAtomic(image, png);
  const how = `${METHOD_TITLES[method]}${layer === undefined ? '' : ` at ${layer}`}`;
  output.conclusion(`${file}: ${label} (${formatPercent(confidence)}), by ${how}: ${image}`);
  return { file, class: label, confidence, method, layer, image, note };
}

/**
 * Names a PNG file for each image file; for images of the same name in several folders, the names of as many of their folders come first as
 * tell them apart. Those that only their types tell apart are numbered.
 */
function namesIn(folder: string, files: readonly string[]): (file: string) => string {
  const taken = new Set<string>();
  const longest = Math.max(0, ...files.map((file) => partsOf(file).length));
  const counts = Array.from({ length: longest }, (_, parts) => countNames(files, parts + 1));
  return (file) => {
    const parts = counts.findIndex((names, index) => names.get(nameOf(file, index + 1)) === 1) + 1;
    const stem = nameOf(file, Math.max(1, parts));
    let name = `${stem}-explained.png`;
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${stem}-explained-${number}.png`;
    taken.add(name.toLowerCase());
    return join(folder, name);
  };
}

/** The last parts of the path of a file, without its extension, as one name. */
function nameOf(file: string, parts: number): string {
  return partsOf(file).slice(-parts).join('-');
}

function partsOf(file: string): string[] {
  const path = resolve(file);
  return path
    .slice(0, path.length - extname(path).length)
    .split(sep)
    .filter((part) => part !== '');
}

/** How many files have each name of so many parts. */
function countNames(files: readonly string[], parts: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const file of files) {
    const name = nameOf(file, parts);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
