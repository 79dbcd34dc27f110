import { useMemo, useState } from 'preact/hooks';
import type { Reader } from '../reader.js';
import { Bars } from '../ui/bars.js';
import { FeatureMapsPanel } from './featureMapsPanel.js';
import { isEmpty, useDrawing, withStroke } from './history.js';
import { lookAt, promptOf } from './look.js';
import { Paper } from './paper.js';
import { PicturePaper } from './picturePaper.js';
import { Seen } from './seen.js';
import type { Stroke } from './strokes.js';
import { Toolbar } from './toolbar.js';
import { Verdict } from './verdict.js';

/** A paper to draw on or to show a picture on, and beside it what the network makes of it. */
export function DrawPage({ reader }: { reader: Reader }) {
  const { drawing, canUndo, add, show, clear, undo } = useDrawing();
  /** The stroke under way. */
  const [pen, setPen] = useState<Stroke>();
  const look = useMemo(
    () => lookAt(reader, pen === undefined ? drawing : withStroke(drawing, pen)),
    [reader, drawing, pen],
  );
  const isSettled = pen === undefined;
  const seen = typeof look === 'string' ? undefined : look;

  return (
    <div class="draw">
      <h1 class="hidden">{promptOf(reader)}</h1>
      <section class="card desk" aria-label="Drawing">
        {reader.fit === 'whole' ? (
          <PicturePaper picture={drawing.picture} />
        ) : (
          <Paper
            drawing={drawing}
            onPen={setPen}
            onStroke={(stroke) => {
              setPen(undefined);
              add(stroke);
            }}
          />
        )}
        <Toolbar
          canUndo={canUndo}
          canClear={!isEmpty(drawing)}
          onUndo={undo}
          onClear={clear}
          onPicture={show}
        />
      </section>
      <section class="card answer" aria-label="Answer">
        <Verdict reader={reader} look={look} isSettled={isSettled} />
        <Bars classes={reader.classes} probabilities={seen?.probabilities} />
      </section>
      <Seen reader={reader} look={seen} isSettled={isSettled} />
      <FeatureMapsPanel featureMaps={seen?.featureMaps ?? []} />
    </div>
  );
}
