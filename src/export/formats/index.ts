import type { ExportFormat } from './format.js';
import { onnx } from './onnx.js';
import { safetensors } from './safetensors.js';
import { torch } from './torch.js';

/** All formats by name. A new format is added here. */
export const exportFormats = { onnx, safetensors, torch } satisfies Readonly<Record<string, ExportFormat>>;

/** The name of a format for exported models. */
export type ExportFormatName = keyof typeof exportFormats;
