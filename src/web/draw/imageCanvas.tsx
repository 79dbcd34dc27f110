import { useEffect, useRef } from 'preact/hooks';

/** Where a picture is shown to a network that is not to be drawn for. */
export function ImageCanvas({ picture }: { picture: ImageBitmap | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (picture) canvas.current?.getContext('2d')?.drawImage(picture, 0, 0);
  }, [picture]);
  return (
    <div class="paper picture">
      {picture ? (
        <canvas
          ref={canvas}
          width={picture.width}
          height={picture.height}
          role="img"
          aria-label="Your picture"
        />
      ) : (
        <p class="muted">Drop a picture here, paste one, or open a file.</p>
      )}
    </div>
  );
}
