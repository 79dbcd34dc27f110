import { useCallback, useMemo, useState } from 'preact/hooks';
import { capitalize } from '#inkling/core/format.js';
import { calibrationNotice } from '#inkling/predict/calibration.js';
import type { PageModel } from '../pageModel.js';
import { Notice } from '../../components/notice.js';
import { ProbabilityBars } from '../../components/probabilityBars.js';
import { InputCanvas } from '../../components/draw/inputCanvas.js';
import { FeatureMapsPanel } from './featureMapsPanel.js';
import { FileList } from './fileList.js';
import { ModelInputPanel } from './modelInputPanel.js';
import { openImage } from './openImage.js';
import { predictDrawing, promptOf } from './predictDrawing.js';
import { PredictionHeadline } from './predictionHeadline.js';
import { Toolbar } from './toolbar.js';
import { isEmpty, useDrawing } from '../../components/draw/useDrawing.js';
import { useFiles } from './useFiles.js';

/** A canvas to draw on, or an image, with the model's prediction for it; and the predictions for several files. */
export function DrawPage({ model }: { model: PageModel }) {
  const state = useDrawing();
  const { drawing, shown, isPenDown, canUndo, showImage, clear, undo } = state;
  const result = useMemo(() => predictDrawing(model, shown), [model, shown]);
  const { files, classify, close } = useFiles(model, showImage);
  const [error, setError] = useState('');
  const show = useCallback(
    async (file: File) => {
      const image = await openImage(file);
      setError(typeof image === 'string' ? image : '');
      if (typeof image !== 'string') showImage(image, file);
    },
    [showImage],
  );
  const open = (opened: readonly File[]) => {
    close();
    setError('');
    void (opened.length === 1 ? show(opened[0]) : classify(opened));
  };
  const prediction = typeof result === 'string' ? undefined : result;
  const notice = calibrationNotice(model.calibration);

  return (
    <div class="draw-page">
      <h1 class="visually-hidden">{promptOf(model)}</h1>
      <section class="card drawing" aria-label="Drawing">
        <InputCanvas
          isDrawn={model.inputKind === 'digit'}
          state={state}
          label="Your image"
          prompt="Drop or paste images here, or open files."
        />
        <Toolbar
          canUndo={canUndo}
          canClear={!isEmpty(drawing) || files !== undefined}
          onUndo={undo}
          onClear={() => {
            clear();
            close();
          }}
          onFiles={open}
          error={error}
        />
      </section>
      <section class="card prediction" aria-label="Prediction">
        <PredictionHeadline model={model} result={result} isPenDown={isPenDown} />
        {notice !== undefined && <Notice>{capitalize(notice)}.</Notice>}
        <ProbabilityBars classes={model.classes} probabilities={prediction?.probabilities} />
      </section>
      {files && (
        <FileList model={model} files={files} shown={drawing.file} onShow={(file) => void show(file)} />
      )}
      <ModelInputPanel model={model} prediction={prediction} isPenDown={isPenDown} />
      {/* Networks without convolutions have none. */}
      {prediction?.featureMaps.length !== 0 && (
        <FeatureMapsPanel featureMaps={prediction?.featureMaps ?? []} />
      )}
    </div>
  );
}
