import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod';
import { IMAGENET } from '../../backbones/backboneNames.js';
import { InklingError } from '../../core/errors.js';
import type { LogitComparison } from '../../export/compareWithOnnx.js';
import { exportModel } from '../../export/exportModel.js';
import { type ExportFormatName, exportFormats } from '../../export/formats/index.js';
import { CHECKER, findOnnxRuntime } from '../../export/onnxRuntime.js';
import { DEFAULT_OPSET, MIN_OPSET, MAX_OPSET } from '../../interop/onnx/encode.js';
import { kindOf } from '../../platform/files.js';
import { readFinishedRun } from '../../runs/readRun.js';
import { checkImages } from '../../export/checkImages.js';
import { namesBackbone, resolveModelPath, resolveTrainedModel } from '../../runs/resolveModel.js';
import { EXPORT_NAME } from '../../runs/runFiles.js';
import { inputOf } from '../../runs/startingConfig.js';
import { openDataset } from '../openDataset.js';
import {
  addExamples,
  addJsonFlag,
  addQuietFlag,
  addSettings,
  choiceOption,
  outputOptionsFrom,
} from '../arguments/flags.js';
import { formatCount } from '../../core/format.js';
import type { Io } from '../io.js';
import { Output } from '../terminal/output.js';
import { parseValue } from '../arguments/values.js';

const opsetVersion = z.int().min(MIN_OPSET).max(MAX_OPSET);

interface Options {
  readonly format: ExportFormatName;
  readonly out?: string;
  readonly opset?: number;
  readonly dataset?: string;
  readonly dataDir?: string;
  readonly runDir: string;
}

export function addExport(program: Command, io: Io): void {
  const described = Object.entries(exportFormats)
    .map(([name, { description }]) => `${name}, ${description}`)
    .join('; ');
  const command = program
    .command('export')
    .description(
      'Export a trained model for other programs, and check that its predictions there are the same.',
    )
    .argument('<RUN>', 'a run, by name or folder, a checkpoint file, or a backbone')
    .addOption(
      choiceOption('--format <FORMAT>', `file format: ${described}`, Object.keys(exportFormats)).default(
        'onnx',
      ),
    )
    .option(
      '--out <FILE>',
      'file to write (default: "model" with the extension of the format, in the run folder; the name of a backbone)',
    )
    .option(
      '--opset <N>',
      `ONNX opset version, ${MIN_OPSET} to ${MAX_OPSET} (default: ${DEFAULT_OPSET})`,
      (word) => parseValue(opsetVersion, word, '--opset'),
    );
  addSettings(command, ['dataset', 'dataDir'], 'none');
  addSettings(command, ['runDir']);
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling export mlp-mnist-1', 'ONNX file in the run folder'],
    ['inkling export mlp-mnist-1 --opset 13', 'support older runtimes'],
    ['inkling export efficientnet-lite0', "ONNX file with ImageNet's classes"],
    ['inkling export mlp-mnist-1 --format torch', 'write Python code and weights'],
  ]);
  command.action(async (name: string) => {
    const { format, opset, out, runDir, ...options } = command.opts<Options>();
    const output = new Output(io, outputOptionsFrom(command));
    const { dataDir } = options;
    const { saved } = await resolveTrainedModel(name, { runDir, dataDir, environment: io.environment });
    const origin = originOf(name, runDir);
    const settings = origin.run === undefined ? undefined : readFinishedRun(origin.run).config;
    const runtime = await findOnnxRuntime();
    const dataset = options.dataset ?? settings?.dataset ?? saved.dataset;
    const request = {
      dataDir: options.dataDir ?? settings?.dataDir,
      skipUnreadable: settings?.skipUnreadable,
    };
    const open = async () => {
      if (dataset === IMAGENET) throw new InklingError('use photos of your own with --dataset');
      return openDataset({ ...request, dataset }, io, output, { model: inputOf(saved) });
    };
    const check = runtime && {
      runtime,
      ...(await checkImages(saved.model, open, options.dataset !== undefined)),
    };
    const path = out ?? `${origin.path}${exportFormats[format].extension}`;
    const { files, comparison } = await exportModel(saved, { format, path, opset, check });
    const word = check && comparison ? describeComparison(comparison, check.description) : UNCHECKED;
    output.conclusion(`wrote ${files.join(' and ')}; ${word}`);
    output.result({
      files,
      check: check && comparison ? { source: check.description, ...comparison } : null,
    });
  });
}

/** The run folder that contains a model, if any, and the path to export it to, without an extension. */
function originOf(name: string, runDir: string): { readonly run?: string; readonly path: string } {
  if (namesBackbone(name, runDir)) return { path: name };
  const source = resolveModelPath(name, runDir);
  return kindOf(source) === 'file'
    ? { path: join(dirname(source), EXPORT_NAME) }
    : { run: source, path: join(source, EXPORT_NAME) };
}

const UNCHECKED = `unchecked, as ${CHECKER} is not installed: npm install ${CHECKER}, and export again`;

function describeComparison(
  { images, maxDifference, differentPredictions }: LogitComparison,
  source: string,
): string {
  const difference = maxDifference.toExponential(1);
  return (
    `checked with ${CHECKER} on ${source}: ${formatCount(differentPredictions)} of ${formatCount(images)} predictions differ, ` +
    `logits by up to ${difference}`
  );
}
