import type { ReportRun } from '../reportRun.js';
import { torchData } from './torchData.js';
import { torchModel } from './torchModel.js';
import { torchTraining } from './torchTraining.js';

/** A program that trains the network of a run with PyTorch, in the parts that a report lists. */
export interface TorchProgram {
  readonly data: string;
  readonly model: string;
  readonly training: string;
}

/** @throws {InklingError} if the layers' names are not possible in PyTorch */
export function torchProgram(run: ReportRun): TorchProgram {
  return { data: torchData(run), model: torchModel(run), training: torchTraining(run) };
}

/** The whole program as a file. */
export function torchFile({ data, model, training }: TorchProgram): string {
  return `${[data, model, training].join('\n\n')}\n`;
}
