import { useState } from 'preact/hooks';
import { encodeCheckpoint, encodeOnnx, type SavedModel } from '#inkling/index.js';
import { messageOf } from '../../../components/format.js';
import { Notice } from '../../../components/notice.js';
import type { SplitExamples } from '../../data/splitExamples.js';
import { download } from '../../../components/download.js';
import { text } from '../../text/text.js';
import { offlinePage } from './offlinePage.js';
import { loadOnnxRuntime } from './onnxRuntime.js';

/** What happened last. */
type Outcome = { readonly isError: boolean; readonly message: string } | undefined;

/** Saves the trained network as a file. */
export function ExportCard({ saved, dataset }: { saved: SavedModel; dataset: SplitExamples }) {
  const [outcome, setOutcome] = useState<Outcome>();
  const name = `${saved.model.name}-${saved.dataset.replaceAll(' ', '-')}`;
  const attempt = async (save: () => Promise<string | undefined>) => {
    setOutcome(undefined);
    try {
      const message = await save();
      setOutcome(message === undefined ? undefined : { isError: false, message });
    } catch (error) {
      setOutcome({ isError: true, message: messageOf(error) });
    }
  };
  const saveOnnx = async () => {
    const file = encodeOnnx(saved);
    const runtime = await loadOnnxRuntime();
    // Its reader is only needed here.
    const { checkOnnx } = await import('./checkOnnx.js');
    const { images, difference, isSame } = await checkOnnx(saved, file, dataset, runtime);
    if (!isSame) throw new Error(text.try.onnxDiffers(images, difference));
    download(file, `${name}.onnx`);
    return text.try.onnxChecked(images, difference, runtime !== undefined);
  };
  const savePage = async () => {
    download(await offlinePage(saved), `${name}.html`, 'text/html');
    return text.try.pageSaved;
  };
  const saveModel = () => {
    download(encodeCheckpoint(saved), `${name}.safetensors`);
    return Promise.resolve(undefined);
  };
  return (
    <section class="card export" aria-label={text.try.export}>
      <h2>{text.try.export}</h2>
      <p class="muted">{text.try.exportIntro}</p>
      <div class="button-group">
        {(
          [
            ['saveModel', saveModel],
            ['savePage', savePage],
            ['saveOnnx', saveOnnx],
          ] as const
        ).map(([label, save], i) => (
          <button
            key={label}
            type="button"
            class={i === 0 ? 'primary' : ''}
            onClick={() => {
              void attempt(save);
            }}
          >
            {text.try[label]}
          </button>
        ))}
      </div>
      {outcome !== undefined && <Notice isError={outcome.isError}>{outcome.message}</Notice>}
    </section>
  );
}
