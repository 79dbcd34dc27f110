import { useEffect, useRef } from 'preact/hooks';

/** Shows the image to classify, in place of the drawing canvas, for a model with image input. */
export function ImageCanvas(props: { image: ImageBitmap | undefined; label: string; prompt: string }) {
  const { image, label, prompt } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (image) canvas.current?.getContext('2d')?.drawImage(image, 0, 0);
  }, [image]);
  return (
    <div class="canvas image-canvas">
      {image ? (
        <canvas ref={canvas} width={image.width} height={image.height} role="img" aria-label={label} />
      ) : (
        <p class="muted">{prompt}</p>
      )}
    </div>
  );
}
