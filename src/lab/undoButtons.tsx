import { text } from './text/text.js';
import type { UndoRedo } from './undoKeys.js';

/** Buttons that undo and redo changes, for those who do not use the keyboard. */
export function UndoButtons({ history }: { history: UndoRedo }) {
  const { undo, redo, canUndo, canRedo } = history;
  return (
    <>
      <button type="button" disabled={!canUndo} onClick={undo} title={text.data.undoKeys}>
        {text.data.undo}
      </button>
      <button type="button" disabled={!canRedo} onClick={redo} title={text.data.redoKeys}>
        {text.data.redo}
      </button>
    </>
  );
}
