import { useEffect, useRef } from 'preact/hooks';

/** Shows the image to classify, in place of the drawing canvas, for a model with image input. */
export function ImageCanvas({ image }: { image: ImageBitmap | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (image) canvas.current?.getContext('2d')?.drawImage(image, 0, 0);
  }, [image]);
  return (
    <div class="canvas image-canvas">
      {image ? (
        <canvas ref={canvas} width={image.width} height={image.height} role="img" aria-label="Your image" />
      ) : (
        <p class="muted">Drop or paste images here, or open files.</p>
      )}
    </div>
  );
}
