import { useEffect, useRef } from 'preact/hooks';
import { text } from '../text/text.js';

/** A button to open an image, which can also be dropped or pasted anywhere on the page. */
export function ImagePicker(props: {
  onImage: (image: ImageBitmap, file: File) => void;
  onProblem: (problem: string) => void;
}) {
  const { onImage, onProblem } = props;
  const input = useRef<HTMLInputElement>(null);
  const open = (files: FileList | null | undefined) => {
    const file = files?.item(0);
    if (!file) return;
    onProblem('');
    createImageBitmap(file).then(
      (image) => {
        onImage(image, file);
      },
      () => {
        onProblem(text.try.notAnImage(file.name));
      },
    );
  };
  useEffect(() => {
    const unmounted = new AbortController();
    const { signal } = unmounted;
    const onDragOver = (event: DragEvent) => {
      event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      open(event.dataTransfer?.files);
    };
    const onPaste = (event: ClipboardEvent) => {
      open(event.clipboardData?.files);
    };
    addEventListener('dragover', onDragOver, { signal });
    addEventListener('drop', onDrop, { signal });
    addEventListener('paste', onPaste, { signal });
    return () => {
      unmounted.abort();
    };
  });
  return (
    <>
      <button type="button" title={text.try.dropHint} onClick={() => input.current?.click()}>
        {text.try.open}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        class="visually-hidden"
        tabIndex={-1}
        aria-label={text.try.open}
        onChange={({ currentTarget }) => {
          open(currentTarget.files);
          currentTarget.value = '';
        }}
      />
    </>
  );
}
