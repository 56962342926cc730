"""Small files as torch.save writes them: a flat dictionary of tensors, one under "state_dict", and
the form from before PyTorch 1.6.

usage: make_pickles.py OUT_DIR
"""
import os, sys
import torch

out = sys.argv[1]
os.makedirs(out, exist_ok=True)
tensors = {
    "a.weight": torch.arange(6, dtype=torch.float32).reshape(2, 3),
    "half": torch.tensor([1.5, -2.25, 0.1], dtype=torch.float16),
    "brain": torch.tensor([1.0, 2.0, 3.0], dtype=torch.bfloat16),
    "double": torch.tensor([0.1, 0.2], dtype=torch.float64),
    "position_ids": torch.arange(4)[None],
    "transposed": torch.arange(6.0).reshape(2, 3).t(),
    "view": torch.arange(8.0)[2:5],
    "parameter": torch.nn.Parameter(torch.ones(1, 2)),
}
torch.save(tensors, f"{out}/flat.bin")
torch.save({"epoch": 1, "lr": 0.5, "state_dict": tensors, "callbacks": {"x": [1, 2, None, True, -(1 << 40)]}}, f"{out}/nested.ckpt")
torch.save(tensors, f"{out}/legacy.bin", _use_new_zipfile_serialization=False)
