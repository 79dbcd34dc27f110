"""The process that measures PyTorch; see bench/protocol.ts.

    pytorch.py                               prints the PyTorch version and build
    pytorch.py --check-compile               fails if torch.compile does not work
    pytorch.py [--channels-last|--compile] JOB
"""

import json
import os
import re
import resource
import struct
import sys
import tempfile
import time

import torch
from torch import nn

COMPILED_CODE = "TORCHINDUCTOR_CACHE_DIR"


def describe():
    """The version and build: its origin and the instructions that it uses."""
    folder = os.path.dirname(os.path.realpath(torch.__file__))
    capability = re.search(r"CPU capability usage: (.*)", torch.__config__.show())
    return {
        "version": torch.__version__,
        "origin": "Debian" if "dist-packages" in folder else "wheel",
        "instructions": capability.group(1) if capability else "unknown instructions",
        "gpu": torch.cuda.get_device_name() if torch.cuda.is_available() else None,
        "folder": folder,
    }


class Residual(nn.Module):
    def __init__(self, layers, shortcut):
        super().__init__()
        self.layers = layers
        self.shortcut = shortcut

    def forward(self, x):
        y = self.layers(x)
        y += self.shortcut(x)
        return y


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def module_of(layer, state):
    """The module of a layer of a model document; sizes of inputs follow from the shapes of the weights in `state`."""
    kind = layer["type"]
    if kind == "conv2d":
        outputs, inputs, *kernel = state["weight"].shape
        groups = layer.get("groups", 1)
        stride, padding = pair(layer.get("stride", 1)), pair(layer.get("padding", 0))
        bias = "bias" in state
        return nn.Conv2d(inputs * groups, outputs, kernel, stride, padding, groups=groups, bias=bias)
    if kind == "batchNorm2d":
        return nn.BatchNorm2d(len(state["weight"]))
    if kind == "relu":
        return nn.ReLU(inplace=True)
    if kind == "maxPool2d":
        kernel = pair(layer["kernel"])
        return nn.MaxPool2d(kernel, pair(layer.get("stride", kernel)))
    if kind == "globalAvgPool2d":
        return nn.AdaptiveAvgPool2d(1)
    if kind == "flatten":
        return nn.Flatten()
    if kind == "linear":
        outputs, inputs = state["weight"].shape
        return nn.Linear(inputs, outputs, bias="bias" in state)
    raise ValueError(f"layer of type {kind}: PyTorch's module is not known; add it to module_of")


def sequence_of(layers, state, prefix=""):
    modules = []
    for position, layer in enumerate(layers):
        name = prefix + layer.get("name", str(position))
        if layer["type"] == "residual":
            main = sequence_of(layer["layers"], state, f"{name}.")
            shortcut = sequence_of(layer.get("shortcut") or [], state, f"{name}.shortcut.")
            modules.append(Residual(main, shortcut))
            continue
        own = {key[len(name) + 1 :]: value for key, value in state.items() if key.startswith(f"{name}.")}
        module = module_of(layer, own)
        module.load_state_dict(own, strict=False)
        modules.append(module)
    return nn.Sequential(*modules)


def read_bytes(job, name, count=-1):
    with open(os.path.join(job["folder"], name), "rb") as file:
        return bytearray(file.read(count))


def read_state(job):
    data = read_bytes(job, f"{job['network']}.safetensors")
    (header_bytes,) = struct.unpack_from("<Q", data)
    start = 8 + header_bytes
    state = {}
    for name, entry in json.loads(data[8:start]).items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        begin, end = entry["data_offsets"]
        values = torch.frombuffer(data[start + begin : start + end], dtype=torch.float32)
        state[name] = values.reshape(entry["shape"])
    return state


class Network:
    """The job's network and its data, in the memory format of the options."""

    def __init__(self, job, options):
        self.job = job
        document = json.loads(read_bytes(job, f"{job['network']}.json"))
        self.input = document["input"]
        module = sequence_of(document["layers"], read_state(job))
        self.format = torch.channels_last if "--channels-last" in options else torch.contiguous_format
        self.parameters = module.parameters
        self.device = "cuda" if job.get("device") == "gpu" else "cpu"
        module = module.to(self.device, memory_format=self.format).train(job["task"] == "training")
        self.module = torch.compile(module) if "--compile" in options else module

    def batches(self):
        """All batches of the data set, repeated forever: views of tensors in memory, as fast as a loader can be."""
        height, width, channels = self.input
        name = f"images-{height}x{width}x{channels}.u8"
        data = read_bytes(self.job, name, self.job["images"] * height * width * channels)
        pixels = torch.frombuffer(data, dtype=torch.uint8).reshape(-1, height, width, channels) / 255
        images = pixels.permute(0, 3, 1, 2).contiguous(memory_format=self.format)
        labels = torch.frombuffer(read_bytes(self.job, "labels.u8"), dtype=torch.uint8).long()[: len(images)]
        images, labels = images.to(self.device), labels.to(self.device)
        size = self.job["batch"]
        while True:
            for first in range(0, len(labels) - size + 1, size):
                yield images[first : first + size], labels[first : first + size]


def prepare_training(network):
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    criterion = nn.CrossEntropyLoss()
    batches = network.batches()

    def step():
        images, labels = next(batches)
        optimizer.zero_grad(set_to_none=True)
        loss = criterion(network.module(images), labels)
        loss.backward()
        optimizer.step()
        return loss

    return step().item(), step


def prepare_inference(network):
    batches = network.batches()

    def predict():
        images, labels = next(batches)
        with torch.inference_mode():
            return torch.softmax(network.module(images), 1)[0, labels[0]].item()

    return predict(), predict


def send(message):
    print(json.dumps(message), flush=True)


def main(job, options):
    torch.set_num_threads(job["threads"])
    # On a GPU, convolutions have fewer digits by default.
    torch.backends.cudnn.allow_tf32 = False
    # Removed with the fixture.
    os.environ[COMPILED_CODE] = os.path.join(job["folder"], "inductor")
    network = Network(job, options)
    prepare = prepare_training if job["task"] == "training" else prepare_inference
    check_value, work = prepare(network)
    send({"checkValue": check_value})
    for line in sys.stdin:
        wanted = json.loads(line)["seconds"]
        started = time.perf_counter()
        calls, elapsed = 0, 0.0
        while elapsed < wanted:
            work()
            calls += 1
            elapsed = time.perf_counter() - started
        if network.device == "cuda":
            torch.cuda.synchronize()
            elapsed = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        send({"images": calls * job["batch"], "seconds": elapsed, "peakMegabytes": peak})


if sys.argv[1:] == []:
    send(describe())
elif sys.argv[1:] == ["--check-compile"]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ[COMPILED_CODE] = folder
        torch.compile(lambda x: torch.relu(x + 1))(torch.ones(8))
else:
    main(json.loads(sys.argv[-1]), sys.argv[1:-1])
