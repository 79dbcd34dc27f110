import { useState } from 'preact/hooks';
import { encodeCheckpoint, encodeOnnx, type SavedModel } from '#inkling/index.js';
import { Notice } from '../../components/notice.js';
import { messageOf } from '../../components/format.js';
import { download } from '../download.js';
import { text } from '../text/text.js';

/** Saves the trained network as a file. */
export function ExportCard({ saved }: { saved: SavedModel }) {
  const [problem, setProblem] = useState('');
  const save = (extension: string, encode: (saved: SavedModel) => Uint8Array<ArrayBuffer>) => {
    setProblem('');
    try {
      download(encode(saved), `${saved.model.name}-${saved.dataset.replaceAll(' ', '-')}.${extension}`);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <section class="card export" aria-label={text.try.export}>
      <h2>{text.try.export}</h2>
      <p class="muted">{text.try.exportIntro}</p>
      <div class="button-group">
        <button
          type="button"
          class="primary"
          onClick={() => {
            save('safetensors', encodeCheckpoint);
          }}
        >
          {text.try.saveModel}
        </button>
        <button
          type="button"
          onClick={() => {
            save('onnx', encodeOnnx);
          }}
        >
          {text.try.saveOnnx}
        </button>
      </div>
      {problem !== '' && <Notice isError>{problem}</Notice>}
    </section>
  );
}
