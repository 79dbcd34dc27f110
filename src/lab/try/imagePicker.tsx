import { FileButton } from '../../components/fileButton.js';
import { useOpenedFiles } from '../../components/useOpenedFiles.js';
import { text } from '../text/text.js';

/** A button to open an image, which can also be dropped or pasted anywhere on the page. */
export function ImagePicker(props: {
  onImage: (image: ImageBitmap, file: File) => void;
  onProblem: (problem: string) => void;
}) {
  const { onImage, onProblem } = props;
  const open = (file: File | undefined) => {
    if (file === undefined) return;
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
      open([...files].at(0));
    },
    onPaste: (files) => {
      open(files[0]);
    },
  });
  return (
    <FileButton
      label={text.try.open}
      hint={text.try.dropHint}
      accept="image/*"
      onFiles={([file]) => {
        open(file);
      }}
    />
  );
}
