"""The gradients at the pixels that precautions climb, by PyTorch through diffusers' autoencoder and noise predictor, for
crates/lab/src/protection/tests.rs: of the denoising loss (AdvDM, ASPL), and of 10000 n/16384 times that loss less the
squared distance of the latent to that of a chequerboard (Mist), n counting the latent's values. The latent is the mean of
the posterior times the scaling factor. Of each gradient ([h, w, 3]) its norm and every 37th value are kept.

usage: make_protection.py REFERENCE_DIR    writes REFERENCE_DIR/protection.safetensors
(torch 2.15, diffusers 0.42, transformers 5.24)
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from safetensors.numpy import save_file
from safetensors.torch import load_file

root = Path(sys.argv[1])
torch.set_num_threads(1)
values = {}
for family in ["sd1", "sd2", "sdxl"]:
    model = root / family / "pretrained"
    data = load_file(root / family / "expected.safetensors")
    unet = UNet2DConditionModel.from_pretrained(model / "unet").eval()
    vae = AutoencoderKL.from_pretrained(model / "vae").eval()
    unet.requires_grad_(False), vae.requires_grad_(False)
    velocity = json.loads((model / "scheduler" / "scheduler_config.json").read_text()).get(
        "prediction_type") == "v_prediction"
    t = int(data["timesteps"][0])
    alpha, noise = data["alphas_cumprod"][t], data["noise"][:1]
    condition = {"encoder_hidden_states": data["text_embeds_pretrained"][:1]}
    if family == "sdxl":
        condition["added_cond_kwargs"] = {
            "text_embeds": data["pooled_pretrained"][:1], "time_ids": data["time_ids"]}
    side = data["pixels"].shape[-1]
    square = side // 16
    place = torch.arange(side) // square
    board = ((place[:, None] + place[None, :]) % 2 == 0).float() * 2 - 1
    target = board.expand(1, 3, side, side)

    def latent_of(pixels):
        return vae.encode(pixels).latent_dist.mean * vae.config.scaling_factor

    def loss_at(u):
        noised = alpha.sqrt() * u + (1 - alpha).sqrt() * noise
        wanted = alpha.sqrt() * noise - (1 - alpha).sqrt() * u if velocity else noise
        return torch.nn.functional.mse_loss(unet(noised, t, **condition).sample, wanted)

    for name in ["denoising", "fused"]:
        pixels = data["pixels"].clone().requires_grad_(True)
        u = latent_of(pixels)
        value = loss_at(u)
        if name == "fused":
            with torch.no_grad():
                y = latent_of(target)
            value = 10000 * u.numel() / 16384 * value - ((u - y) ** 2).sum()
        value.backward()
        gradient = pixels.grad[0].permute(1, 2, 0).flatten().double().numpy()
        values[f"{family}.{name}"] = gradient[::37].astype("float32")
        values[f"{family}.{name}.norm"] = np.array([np.linalg.norm(gradient)], dtype="float32")
        values[f"{family}.{name}.value"] = np.array([value.item()], dtype="float32")
        print(family, name, value.item(), np.linalg.norm(gradient))
save_file(values, root / "protection.safetensors")
