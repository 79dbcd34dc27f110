import { useState } from 'preact/hooks';
import { messageOf } from '#inkling/core/errors.js';
import { formatMegabytes } from '#inkling/core/format.js';
import type { Run, RunFile } from '#inkling/server/apiSchemas.js';
import { getBytes } from '../api.js';
import { hasApiKey } from '../connection.js';
import { download } from '../../components/download.js';
import { Notice } from '../../components/notice.js';

/** What the files of a run are, by name. */
const TITLES: ReadonlyMap<string, string> = new Map([
  ['report.html', 'Report'],
  ['report.pdf', 'Report as PDF'],
  ['best.safetensors', 'Weights'],
  ['model.onnx', 'ONNX'],
  ['model.safetensors', 'PyTorch weights'],
  ['model.py', 'PyTorch module'],
]);

/** Links to the report, the weights, and the exports of a run, and how to create those that do not exist. */
export function RunFiles({ run: { name, files, summary } }: { run: Run }) {
  const [error, setError] = useState<string>();
  if (files.length === 0) return null;
  const has = (file: string) => files.some((each) => each.name === file);
  return (
    <div class="run-files">
      <ul aria-label="Files">
        {files.map((file) => (
          <li key={file.name}>
            <FileLink run={name} file={file} onError={setError} />
          </li>
        ))}
      </ul>
      {summary?.test !== undefined && (!has('report.html') || !has('model.onnx')) && (
        <p class="muted">
          {!has('report.html') && (
            <>
              A report is written by <code>inkling report {name}</code>.{' '}
            </>
          )}
          {!has('model.onnx') && (
            <>
              An ONNX file is written by <code>inkling export {name}</code>.
            </>
          )}
        </p>
      )}
      {error !== undefined && <Notice isError>{error}</Notice>}
    </div>
  );
}

function FileLink(props: { run: string; file: RunFile; onError: (error: string | undefined) => void }) {
  const { run, file, onError } = props;
  const isReport = file.name.startsWith('report.');
  const href = `api/runs/${encodeURIComponent(run)}/files/${file.name}`;
  const save = async () => {
    onError(undefined);
    try {
      download(await getBytes(href), `${run.replaceAll('/', '-')}-${file.name}`);
    } catch (reason) {
      onError(messageOf(reason));
    }
  };
  return (
    <a
      href={href}
      {...(isReport && { target: '_blank', rel: 'noopener' })}
      onClick={(event) => {
        // A link does not send the key.
        if (!hasApiKey()) return;
        event.preventDefault();
        void save();
      }}
    >
      {TITLES.get(file.name) ?? file.name} <span class="muted">({formatMegabytes(file.bytes)})</span>
    </a>
  );
}
