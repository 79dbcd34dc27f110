import { encodeCheckpoint, encodeOnnx, type SavedModel } from '#inkling/index.js';
import { Notice } from '../../../components/notice.js';
import type { SplitExamples } from '../../data/splitExamples.js';
import { download } from '../../../components/download.js';
import { text } from '../../text/text.js';
import { useOutcome } from '../../useOutcome.js';
import { offlinePage } from './offlinePage.js';
import { loadOnnxRuntime } from './onnxRuntime.js';

/** Saves the trained network as a file. */
export function ExportCard({ saved, dataset }: { saved: SavedModel; dataset: SplitExamples }) {
  const { outcome, attempt } = useOutcome();
  const name = `${saved.model.name}-${saved.dataset.replaceAll(' ', '-')}`;
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
