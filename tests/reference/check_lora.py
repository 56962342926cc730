"""Whether diffusers makes of our LoRA files the models that we make: the pretrained reference model
with the LoRA loaded at strength 0.8, against the folder with the merged weights.

usage: cargo test --test program lora -- --ignored
       check_lora.py [target/tmp/lora]        needs peft beside diffusers
"""
import sys
from pathlib import Path
import torch
from diffusers import StableDiffusionPipeline

out = Path(sys.argv[1] if len(sys.argv) > 1 else "target/tmp/lora")
reference = Path(__file__).parent
torch.manual_seed(0)
for family in ("sd1", "sd2"):
    made = StableDiffusionPipeline.from_pretrained(out / family / "merged")
    pipe = StableDiffusionPipeline.from_pretrained(reference / family / "pretrained")
    latent = torch.randn(1, 4, 16, 16)
    ids = pipe.tokenizer(["sks style"], padding="max_length", max_length=77, truncation=True, return_tensors="pt").input_ids

    def run(p):
        with torch.no_grad():
            context = p.text_encoder(ids)[0]
            return context, p.unet(latent, 437, encoder_hidden_states=context).sample

    before = run(pipe)
    pipe.load_lora_weights(out / family / "lora")
    pipe.set_adapters(pipe.get_list_adapters()["unet"], 0.8)
    adapters = pipe.get_list_adapters()
    for name, a, b, c in zip(("text embedding", "prediction"), run(pipe), run(made), before):
        error, moved = float((a - b).norm() / b.norm()), float((c - b).norm() / b.norm())
        print(f"{family} {name}: relative error {error:.1e} (without the LoRA {moved:.1e})")
        assert error < 1e-5 < moved, (family, name)
    print(family, adapters)
