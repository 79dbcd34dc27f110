import { useRef } from 'preact/hooks';
import { useOpenedFiles } from '../../components/useOpenedFiles.js';
import { text } from '../text/text.js';

/** A button to open an image, which can also be dropped or pasted anywhere on the page. */
export function ImagePicker(props: {
  onImage: (image: ImageBitmap, file: File) => void;
  onProblem: (problem: string) => void;
}) {
  const { onImage, onProblem } = props;
  const input = useRef<HTMLInputElement>(null);
  const open = (files: FileList | null) => {
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
  useOpenedFiles({
    onDrop: ({ files }) => {
      open(files);
    },
    onPaste: open,
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
