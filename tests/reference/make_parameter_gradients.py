"""What PyTorch gives as the gradients of all parameters, for
`crates/lab/tests/lab/training_gradients.rs`.

Two losses on the reference models of this folder, as training takes them: of the noise predictor with its
text encoder on one draw, and of the autoencoder on one picture (|d| + 2 d^2 in the mean, and 1e-4 times the
divergence in the mean over the latent). Of each parameter's gradient two numbers are kept: its norm and its
product with cos(0.1 i), i counting its values.

    python make_parameter_gradients.py      (torch 2.15, diffusers, transformers)
"""

import json
import pathlib

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from safetensors.torch import load_file
from transformers import CLIPTextModel

HERE = pathlib.Path(__file__).parent


def summary(named):
    result = {}
    for name, parameter in named:
        if parameter.grad is None:
            continue
        g = parameter.grad.double().flatten()
        wave = torch.cos(0.1 * torch.arange(g.numel(), dtype=torch.float64))
        result[name] = [g.norm().item(), (g * wave).sum().item()]
    return result


def denoising(model, data):
    unet = UNet2DConditionModel.from_pretrained(model / "unet")
    text = CLIPTextModel.from_pretrained(model / "text_encoder")
    config = json.loads((model / "scheduler" / "scheduler_config.json").read_text())
    t = int(data["timesteps"][0])
    alpha = data["alphas_cumprod"][t]
    u, e = data["latent"], data["noise"][:1]
    noised = alpha.sqrt() * u + (1 - alpha).sqrt() * e
    velocity = config.get("prediction_type") == "v_prediction"
    target = alpha.sqrt() * e - (1 - alpha).sqrt() * u if velocity else e
    embedding = text(data["token_ids"][:1].long())[0]
    prediction = unet(noised, t, encoder_hidden_states=embedding).sample
    loss = torch.nn.functional.mse_loss(prediction, target)
    loss.backward()
    return {
        "loss": loss.item(),
        "unet": summary(unet.named_parameters()),
        "text_encoder": summary(text.named_parameters()),
    }


def reconstruction(model, data):
    vae = AutoencoderKL.from_pretrained(model / "vae")
    pixels = data["pixels"]
    posterior = vae.encode(pixels).latent_dist
    noise = data["noise"][1:2]
    decoded = vae.decode(posterior.mean + posterior.std * noise).sample
    d = decoded - pixels
    divergence = 0.5 * (posterior.mean**2 + posterior.var - 1 - posterior.logvar)
    loss = (d.abs() + 2 * d**2).mean() + 1e-4 * divergence.mean()
    loss.backward()
    return {"loss": loss.item(), "vae": summary(vae.named_parameters())}


for family in ["sd1", "sd2"]:
    model = HERE / family / "pretrained"
    data = load_file(HERE / family / "expected.safetensors")
    result = {"denoising": denoising(model, data), "reconstruction": reconstruction(model, data)}
    text = json.dumps(result, indent=0)
    (HERE / family / "parameter_gradients.json").write_text(text + "\n")
    print(family, result["denoising"]["loss"], result["reconstruction"]["loss"])
