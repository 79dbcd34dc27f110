/** The modules that PyTorch does not have, by the names that layers call them by. */
const CLASSES: Readonly<Record<string, string>> = {
  Residual: `
class Residual(nn.Sequential):
    """Adds the output of the layers and the input, or the output of the layer of the name \`shortcut\`."""

    def __init__(self, layers, shortcut="shortcut"):
        super().__init__(layers)
        self.shortcut_name = shortcut

    def forward(self, x):
        y, other = x, x
        for name, layer in self.named_children():
            if name == self.shortcut_name:
                other = layer(x)
            else:
                y = layer(y)
        return y + other

`,
  SqueezeExcitation: `
class SqueezeExcitation(nn.Sequential):
    """Multiplies each channel of the input by the output of the layers."""

    def forward(self, x):
        return x * super().forward(x)

`,
  SameConv2d: `
class SameConv2d(nn.Conv2d):
    """Pads like TensorFlow: the output has the size of the input divided by the stride, rounded up."""

    def forward(self, x):
        pads = []
        steps = zip(x.shape[:1:-1], self.kernel_size[::-1], self.stride[::-1], self.dilation[::-1])
        for size, kernel, stride, dilation in steps:
            total = max((-(-size // stride) - 1) * stride + (kernel - 1) * dilation + 1 - size, 0)
            pads += [total // 2, total - total // 2]
        return super().forward(nn.functional.pad(x, pads))

`,
  Normalize: `
class Normalize(nn.Module):
    """Subtracts a mean from each channel and divides it by a standard deviation."""

    def __init__(self, mean, deviation):
        super().__init__()
        self.register_buffer("mean", torch.tensor(mean).reshape(-1, 1, 1), persistent=False)
        self.register_buffer("deviation", torch.tensor(deviation).reshape(-1, 1, 1), persistent=False)

    def forward(self, x):
        return (x - self.mean) / self.deviation

`,
};

/**
 * Definitions of the classes that modules call and PyTorch does not have.
 *
 * @param modules lines of Python
 */
export function torchClasses(modules: readonly string[]): string[] {
  const isCalled = (name: string) => modules.some((line) => new RegExp(`\\b${name}\\(`).test(line));
  return Object.keys(CLASSES)
    .filter(isCalled)
    .map((name) => CLASSES[name]);
}
