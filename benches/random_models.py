"""Writes a pair of random-weight models of Stable Diffusion v1's full size as diffusers folders, for
benchmarks and for trying the whole pipeline where the published weights cannot be had.

usage: random_models.py OUT_DIR      writes OUT_DIR/{pretrained,finetuned,clip,dino}: about 9.5 GB
needs: pip install torch diffusers transformers safetensors
"""
import json, os, shutil, sys
import torch
from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
from transformers import (CLIPTextConfig, CLIPTextModel, CLIPVisionConfig, CLIPVisionModelWithProjection,
                          ViTConfig, ViTModel)

out = sys.argv[1]
here = os.path.dirname(os.path.abspath(__file__))
tokenizer = os.path.join(here, "..", "tests", "reference", "sd1", "pretrained", "tokenizer")
torch.manual_seed(1)

unet = UNet2DConditionModel(sample_size=64, in_channels=4, out_channels=4, layers_per_block=2,
    block_out_channels=(320, 640, 1280, 1280), cross_attention_dim=768, attention_head_dim=8, norm_num_groups=32)
vae = AutoencoderKL(block_out_channels=(128, 256, 512, 512), layers_per_block=2, norm_num_groups=32, latent_channels=4,
    sample_size=512, down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4)
text = CLIPTextModel(CLIPTextConfig(vocab_size=49408, hidden_size=768, intermediate_size=3072, num_hidden_layers=12,
    num_attention_heads=12, max_position_embeddings=77, hidden_act="quick_gelu"))
schedule = DDIMScheduler(beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012, num_train_timesteps=1000,
    clip_sample=False, set_alpha_to_one=False, steps_offset=1, prediction_type="epsilon")


def save(name):
    for part, model in (("unet", unet), ("vae", vae), ("text_encoder", text), ("scheduler", schedule)):
        model.save_pretrained(os.path.join(out, name, part))
    shutil.copytree(tokenizer, os.path.join(out, name, "tokenizer"), dirs_exist_ok=True)
    parts = {"unet": "UNet2DConditionModel", "vae": "AutoencoderKL", "scheduler": "DDIMScheduler"}
    index = {"_class_name": "StableDiffusionPipeline", **{k: ["diffusers", v] for k, v in parts.items()},
             "text_encoder": ["transformers", "CLIPTextModel"], "tokenizer": ["transformers", "CLIPTokenizer"]}
    with open(os.path.join(out, name, "model_index.json"), "w") as f:
        json.dump(index, f, indent=1)


save("pretrained")
with torch.no_grad():  # the fine-tuned model: every weight of the two trained networks moved a little
    for model in (unet, text):
        for p in model.parameters():
            p.add_(0.1 * p.std() * torch.randn_like(p) if p.numel() > 1 and p.std() > 0 else 1e-3 * torch.randn_like(p))
save("finetuned")
CLIPVisionModelWithProjection(CLIPVisionConfig(hidden_size=768, intermediate_size=3072, projection_dim=512,
    num_hidden_layers=12, num_attention_heads=12, image_size=224, patch_size=32)).save_pretrained(os.path.join(out, "clip"))
ViTModel(ViTConfig(hidden_size=384, intermediate_size=1536, num_hidden_layers=12, num_attention_heads=6,
    image_size=224, patch_size=16)).save_pretrained(os.path.join(out, "dino"))
print("wrote", out)
