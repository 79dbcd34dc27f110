import { useEffect, useRef, useState } from 'preact/hooks';
import { Notice } from '../ui/notice.js';

interface ToolbarProps {
  readonly canUndo: boolean;
  readonly canClear: boolean;
  readonly onUndo: () => void;
  readonly onClear: () => void;
  readonly onPicture: (picture: ImageBitmap) => void;
}

export function Toolbar({ canUndo, canClear, onUndo, onClear, onPicture }: ToolbarProps) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState('');
  const open = (file: Blob) => {
    createImageBitmap(file).then(
      (picture) => {
        setProblem('');
        onPicture(picture);
      },
      () => {
        setProblem('This file is no picture that the browser can read');
      },
    );
  };
  useShortcuts(onUndo, open);

  return (
    <>
      <div class="toolbar" role="toolbar" aria-label="Drawing">
        <button type="button" disabled={!canUndo} onClick={onUndo} title="Ctrl+Z">
          Undo
        </button>
        <button type="button" disabled={!canClear} onClick={onClear}>
          Clear
        </button>
        <button type="button" onClick={() => input.current?.click()} title="Or drop or paste one">
          Open a picture
        </button>
        <input
          ref={input}
          type="file"
          accept="image/*"
          class="hidden"
          tabIndex={-1}
          aria-label="Picture file"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file) open(file);
            currentTarget.value = '';
          }}
        />
      </div>
      {problem !== '' && <Notice problem>{problem}</Notice>}
    </>
  );
}

/** Control and Z takes back; a picture can be pasted, and dropped anywhere. */
function useShortcuts(onUndo: () => void, open: (file: Blob) => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'z' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onUndo();
    };
    const openFirst = (data: DataTransfer | null) => {
      const file = [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/'));
      if (file) open(file);
    };
    const onPaste = (event: ClipboardEvent) => {
      openFirst(event.clipboardData);
    };
    const onDragOver = (event: DragEvent) => {
      event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      openFirst(event.dataTransfer);
    };
    const listening = new AbortController();
    const { signal } = listening;
    addEventListener('keydown', onKeyDown, { signal });
    addEventListener('paste', onPaste, { signal });
    addEventListener('dragover', onDragOver, { signal });
    addEventListener('drop', onDrop, { signal });
    return () => {
      listening.abort();
    };
  });
}
