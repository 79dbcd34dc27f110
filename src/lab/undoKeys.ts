import { useLayoutEffect } from 'preact/hooks';

/** The changes of a history, whatever they change. */
export interface UndoRedo {
  readonly undo: () => void;
  readonly redo: () => void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** Types of inputs in which nothing is typed. */
const UNTYPED = new Set(['checkbox', 'radio', 'range', 'button', 'file']);

/** What a key press asks for: Ctrl+Z or Cmd+Z to undo, with Shift to redo; undefined for any other, and while typing in a field. */
export function undoKeyOf(event: KeyboardEvent): 'undo' | 'redo' | undefined {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey, target } = event;
  // The key of Z has another letter on keyboards of other scripts.
  const isZ = /^[a-z]$/i.test(key) ? key.toLowerCase() === 'z' : code === 'KeyZ';
  if (!isZ || altKey || !(ctrlKey || metaKey) || isField(target)) return undefined;
  return shiftKey ? 'redo' : 'undo';
}

function isField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !UNTYPED.has(target.type);
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable);
}

/** Lets the keyboard undo and redo changes, unless a part of the page has handled the key itself. */
export function useUndoKeys({ undo, redo }: Pick<UndoRedo, 'undo' | 'redo'>): void {
  // Before the next key press, which an effect after painting could miss.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const wanted = event.defaultPrevented ? undefined : undoKeyOf(event);
      if (wanted === undefined) return;
      event.preventDefault();
      if (wanted === 'undo') undo();
      else redo();
    };
    addEventListener('keydown', onKeyDown);
    return () => {
      removeEventListener('keydown', onKeyDown);
    };
  }, [undo, redo]);
}
