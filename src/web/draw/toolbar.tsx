import { useEffect, useRef, useState } from 'preact/hooks';
import { Notice } from '../ui/notice.js';
import { describeUnopened, startOf } from './unopened.js';

interface ToolbarProps {
  readonly canUndo: boolean;
  readonly canClear: boolean;
  readonly onUndo: () => void;
  readonly onClear: () => void;
  readonly onImage: (image: ImageBitmap) => void;
}

export function Toolbar({ canUndo, canClear, onUndo, onClear, onImage }: ToolbarProps) {
  const input = useRef<HTMLInputElement>(null);
  const [error, setError] = useState('');
  const open = (file: Blob) => {
    createImageBitmap(file).then(
      (image) => {
        setError('');
        onImage(image);
      },
      async () => {
        setError(describeUnopened(await startOf(file)));
      },
    );
  };
  useShortcuts(onUndo, open);

  return (
    <>
      <div class="toolbar" role="toolbar" aria-label="Drawing tools">
        <button type="button" disabled={!canUndo} onClick={onUndo} title="Ctrl+Z">
          Undo
        </button>
        <button type="button" disabled={!canClear} onClick={onClear}>
          Clear
        </button>
        <button
          type="button"
          onClick={() => input.current?.click()}
          title="You can also drop or paste an image"
        >
          Open image
        </button>
        <input
          ref={input}
          type="file"
          accept="image/*"
          class="visually-hidden"
          tabIndex={-1}
          aria-label="Image file"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file) open(file);
            currentTarget.value = '';
          }}
        />
      </div>
      {error !== '' && <Notice isError>{error}</Notice>}
    </>
  );
}

/** Ctrl+Z undoes the last change; an image can be pasted, or dropped anywhere on the page. */
function useShortcuts(onUndo: () => void, open: (file: Blob) => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'z' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onUndo();
    };
    const openFirst = (data: DataTransfer | null) => {
      const file = data?.files[0];
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
    const unmounted = new AbortController();
    const { signal } = unmounted;
    addEventListener('keydown', onKeyDown, { signal });
    addEventListener('paste', onPaste, { signal });
    addEventListener('dragover', onDragOver, { signal });
    addEventListener('drop', onDrop, { signal });
    return () => {
      unmounted.abort();
    };
  });
}
