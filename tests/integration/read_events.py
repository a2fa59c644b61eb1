"""Reads event files with TensorBoard's own EventAccumulator.

With one argument, a folder: checks what tests/unit/test_metrics.cpp wrote there.
With --print: prints the tags of any folder as JSON.
"""
import io
import json
import math
import sys

from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def load(folder):
    events = EventAccumulator(folder, size_guidance={"scalars": 0, "images": 0, "tensors": 0, "histograms": 0})
    events.Reload()
    return events


def check(folder):
    events = load(folder)
    tags = events.Tags()
    wanted = {"loss/instance", "loss/validation", "lr/unet", "lr/text_encoder", "grad_norm",
              "speed/steps_per_second", "memory/peak_bytes"}
    assert set(tags["scalars"]) == wanted, tags
    assert events.Scalars("memory/peak_bytes")[0].value == 3e9
    points = events.Scalars("loss/instance")
    # Steps 5 to 9 of the first session are purged by the second, which began at 5.
    assert [p.step for p in points] == [1, 2, 3, 4, 5, 6], points
    for p in points:
        assert math.isclose(p.value, 0.1 / (p.step + 1), rel_tol=1e-6), p
    assert [p.step for p in events.Scalars("loss/validation")] == [2, 4, 6]
    start, spread = (event.histogram_value for event in events.Histograms("lora_norm/unet"))
    assert (start.min, start.max, start.num, sum(start.bucket)) == (0, 0, 8, 8), start
    assert (spread.min, spread.max, spread.num, spread.sum, spread.sum_squares) == (0.5, 4, 4, 6.75, 18.8125), spread
    assert [i for i, count in enumerate(spread.bucket) if count] == [0, 4, 6, 29], spread
    assert len(spread.bucket_limit) == 30 and spread.bucket_limit[-1] == 4, spread
    text = events.Tensors("config")[0]
    assert b"| option | value |" in text.tensor_proto.string_val[0], text
    assert events.SummaryMetadata("config").plugin_data.plugin_name == "text"
    shown = events.Images("preview/0")[0]
    picture = Image.open(io.BytesIO(shown.encoded_image_string)).convert("RGB")
    assert picture.size == (20, 10) == (shown.width, shown.height)
    assert picture.tobytes() == bytes((i * 7) % 256 for i in range(20 * 10 * 3))


if __name__ == "__main__":
    if sys.argv[1] == "--print":
        accumulator = load(sys.argv[2])
        print(json.dumps({tag: [p.step for p in accumulator.Scalars(tag)] for tag in accumulator.Tags()["scalars"]}))
    else:
        check(sys.argv[1])
