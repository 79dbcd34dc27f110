import { join } from 'node:path';
import { fileBytes, kindOf } from '../../platform/files.js';
import { BEST_CHECKPOINT } from '../../predict/load.js';
import { HTML_FILE, PDF_FILE } from '../../report/reportFiles.js';
import { EXPORT_NAME } from '../../runs/runFiles.js';
import type { RunFile } from '../apiSchemas.js';

/** A file of a run folder that can be downloaded. */
interface Download {
  readonly path: string;
  readonly type: string;
  /** Whether browsers show it instead of saving it. */
  readonly isShown: boolean;
  /** What it may do where it is shown, as a content security policy. */
  readonly policy?: string;
}

/** That of the report itself, without the origin of this server: it must not be able to act as the page. */
const REPORT_POLICY =
  "sandbox allow-scripts allow-popups; default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

const toSave = (path: string, type = 'application/octet-stream') => ({ path, type, isShown: false });

/** By name. Nothing else in a run folder can be downloaded. */
const DOWNLOADS: ReadonlyMap<string, Download> = new Map<string, Download>([
  [HTML_FILE, { path: HTML_FILE, type: 'text/html; charset=utf-8', isShown: true, policy: REPORT_POLICY }],
  [PDF_FILE, { path: PDF_FILE, type: 'application/pdf', isShown: true }],
  ['best.safetensors', toSave(BEST_CHECKPOINT)],
  [`${EXPORT_NAME}.onnx`, toSave(`${EXPORT_NAME}.onnx`)],
  [`${EXPORT_NAME}.safetensors`, toSave(`${EXPORT_NAME}.safetensors`)],
  [`${EXPORT_NAME}.py`, toSave(`${EXPORT_NAME}.py`, 'text/x-python; charset=utf-8')],
]);

export const downloadNames: readonly string[] = [...DOWNLOADS.keys()];

/** The files of a run that exist. */
export function listDownloads(folder: string): RunFile[] {
  return [...DOWNLOADS].flatMap(([name, { path }]) => {
    const file = join(folder, path);
    return kindOf(file) === 'file' ? [{ name, bytes: fileBytes(file) }] : [];
  });
}

/** A file of a run by its name; undefined if there is none. */
export function findDownload(
  folder: string,
  name: string,
): (Download & { readonly file: string }) | undefined {
  const download = DOWNLOADS.get(name);
  if (download === undefined) return undefined;
  const file = join(folder, download.path);
  return kindOf(file) === 'file' ? { ...download, file } : undefined;
}

/**
 * The header by which a browser names a file that it saves. Source: RFC 6266.
 *
 * @param run its name, which may be that of a trial, `sweep/run`
 */
export function dispositionOf(run: string, name: string, { isShown }: Download): string {
  const fileName = `${run.replaceAll('/', '-')}-${name}`;
  const ascii = fileName.replace(/[^\x20-\x7e]/g, '_');
  return `${isShown ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(fileName)}`;
}
