import { useEffect, useRef } from 'preact/hooks';
import { formatCount, formatPlural } from '#inkling/core/format.js';
import type { DecodedImage } from '#inkling/images/decodedImage.js';
import { reasonsText } from '#inkling/predict/doubt.js';
import { formatProbability } from '../../components/format.js';
import type { PageModel } from '../pageModel.js';
import { Notice } from '../../components/notice.js';
import type { DrawingPrediction } from './predictDrawing.js';
import { type FileResult, type Files, MAX_FILES } from './useFiles.js';

/** Several files with their predictions; each can be shown in place of the drawing. */
export function FileList(props: {
  model: PageModel;
  files: Files;
  /** The file that is shown in place of the drawing. */
  shown: File | undefined;
  onShow: (file: File) => void;
}) {
  const { model, files, shown, onShow } = props;
  const { chosen, results } = files;
  return (
    <section class="card files" aria-label="Files">
      <div class="card-header">
        <h2>Files</h2>
        <p class="muted" role="status">
          {describe(files)}
        </p>
      </div>
      {chosen > MAX_FILES && (
        <Notice>
          Only the first {MAX_FILES} of {formatCount(chosen)} files are classified. Open fewer at a time, or
          use “inkling predict”.
        </Notice>
      )}
      <ul class="file-list">
        {results.map((each, position) => (
          <li key={position}>
            <button
              type="button"
              disabled={each.thumbnail === undefined}
              aria-current={shown === each.file}
              onClick={() => {
                onShow(each.file);
              }}
            >
              {each.thumbnail ? <SmallImage image={each.thumbnail} /> : <span class="no-image" />}
              <span class="file-text">
                <span class="muted">{each.file.name}</span>
                <Outcome model={model} result={each.result} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Outcome({ model: { classes }, result }: { model: PageModel; result: DrawingPrediction | string }) {
  if (typeof result === 'string') return <span class="negative">{result}</span>;
  const { probabilities, ranking, doubtful, reasons } = result;
  const [best] = ranking;
  return (
    <>
      <span class={doubtful ? 'outcome doubtful' : 'outcome'}>
        <b>{classes[best]}</b> <span class="value">{formatProbability(probabilities[best])}</span>
      </span>
      {doubtful && <span class="reason">Not sure: {reasonsText(reasons)}</span>}
    </>
  );
}

/** `12 files: 9 confident, 2 doubtful, 1 not classified` */
function describe({ chosen, results }: Files): string {
  const total = Math.min(chosen, MAX_FILES);
  if (results.length < total)
    return `Classifying ${formatCount(results.length + 1)} of ${formatCount(total)} …`;
  const count = (matches: (result: FileResult['result']) => boolean) =>
    formatCount(results.filter(({ result }) => matches(result)).length);
  return [
    `${formatPlural(total, 'file')}: ${count((result) => typeof result !== 'string' && !result.doubtful)} confident`,
    `${count((result) => typeof result !== 'string' && result.doubtful)} doubtful`,
    `${count((result) => typeof result === 'string')} not classified`,
  ].join(', ');
}

function SmallImage({ image }: { image: DecodedImage }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, data } = image;
  useEffect(() => {
    const pixels = new ImageData(Uint8ClampedArray.from(data), width, height);
    canvas.current?.getContext('2d')?.putImageData(pixels, 0, 0);
  }, [data, width, height]);
  return <canvas ref={canvas} width={width} height={height} aria-hidden />;
}
