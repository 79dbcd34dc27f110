"""The process that measures PyTorch; see bench/protocol.ts. Without arguments, it only prints the PyTorch version and build."""

import json
import os
import re
import resource
import struct
import sys
import time

import torch
from torch import nn


def describe():
    """The version and build: its origin and the instructions that it uses."""
    folder = os.path.dirname(os.path.realpath(torch.__file__))
    capability = re.search(r"CPU capability usage: (.*)", torch.__config__.show())
    return {
        "version": torch.__version__,
        "origin": "Debian" if "dist-packages" in folder else "wheel",
        "instructions": capability.group(1) if capability else "unknown instructions",
        "folder": folder,
    }


def block(inputs, outputs):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel_size=3, padding=2),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
        nn.MaxPool2d(2),
    )


class ReportCnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer1 = block(1, 16)
        self.layer2 = block(16, 32)
        self.fc = nn.Linear(8 * 8 * 32, 10)

    def forward(self, images):
        return self.fc(torch.flatten(self.layer2(self.layer1(images)), 1))


def read_bytes(job, name):
    with open(os.path.join(job["folder"], name), "rb") as file:
        return bytearray(file.read())


def read_model(job):
    data = read_bytes(job, f"width-{job['width']}.safetensors")
    (header_bytes,) = struct.unpack_from("<Q", data)
    start = 8 + header_bytes
    state = {}
    for name, entry in json.loads(data[8:start]).items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        begin, end = entry["data_offsets"]
        values = torch.frombuffer(data[start + begin : start + end], dtype=torch.float32)
        state[name] = values.reshape(entry["shape"])
    model = ReportCnn()
    model.load_state_dict(state, strict=False)
    return model


def batches_of(job):
    """All batches of the data set, repeated forever: views of tensors in memory, as fast as a loader can be."""
    images = torch.frombuffer(read_bytes(job, "images.u8"), dtype=torch.uint8).reshape(-1, 1, 28, 28) / 255
    labels = torch.frombuffer(read_bytes(job, "labels.u8"), dtype=torch.uint8).long()
    size = job["batch"]
    while True:
        for first in range(0, len(labels) - size + 1, size):
            yield images[first : first + size], labels[first : first + size]


def prepare_training(job):
    model = read_model(job).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    criterion = nn.CrossEntropyLoss()
    batches = batches_of(job)

    def step():
        images, labels = next(batches)
        optimizer.zero_grad(set_to_none=True)
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step(), step


def prepare_inference(job):
    model = read_model(job).eval()
    batches = batches_of(job)

    def predict():
        images, labels = next(batches)
        with torch.inference_mode():
            return torch.softmax(model(images), 1)[0, labels[0]].item()

    return predict(), predict


def send(message):
    print(json.dumps(message), flush=True)


def main(job):
    torch.set_num_threads(job["threads"])
    prepare = prepare_training if job["task"] == "training" else prepare_inference
    check_value, work = prepare(job)
    send({"checkValue": check_value})
    for line in sys.stdin:
        wanted = json.loads(line)["seconds"]
        started = time.perf_counter()
        calls, elapsed = 0, 0.0
        while elapsed < wanted:
            work()
            calls += 1
            elapsed = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        send({"images": calls * job["batch"], "seconds": elapsed, "peakMegabytes": peak})


if len(sys.argv) > 1:
    main(json.loads(sys.argv[1]))
else:
    send(describe())
