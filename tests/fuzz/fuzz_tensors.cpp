// What is found out from the names and shapes of tensors: LoRAs, whole models in one file, textual inversions.
#include <cmath>

#include "core/tensor/check.h"
#include "core/weights/layouts/model_files.h"
#include "core/weights/layouts/part_views.h"
#include "core/weights/layouts/recognize.h"
#include "core/weights/lora.h"
#include "core/weights/textual_inversion.h"
#include "tests/fuzz/line_source.h"
#include "tests/fuzz/targets.h"

namespace likeness {
namespace {

std::shared_ptr<const TensorSource> lines(const std::string& text) {
  return lineSource(std::as_bytes(std::span(text)));
}

// A UNet of two levels in CompVis's names, under `p`; `context` is the width of its text.
std::string compvisUNet(const std::string& p, const std::string& context, const std::string& in) {
  std::string all;
  const auto line = [&](const std::string& name, const std::string& sizes) { all += p + name + " " + sizes + "\n"; };
  const auto attention = [&](const std::string& block, const std::string& width) {
    line(block + ".norm.weight", width);
    line(block + ".proj_in.weight", width + " " + width + " 1 1");
    line(block + ".transformer_blocks.0.norm1.weight", width);
    line(block + ".transformer_blocks.0.attn2.to_k.weight", width + " " + context);
  };
  line("input_blocks.0.0.weight", "32 " + in + " 3 3");
  line("input_blocks.1.0.in_layers.2.weight", "32 32 3 3");
  attention("input_blocks.1.1", "32");
  line("input_blocks.2.0.op.weight", "32 32 3 3");
  line("input_blocks.3.0.in_layers.2.weight", "64 32 3 3");
  line("input_blocks.3.0.skip_connection.weight", "64 32 1 1");
  line("middle_block.0.in_layers.2.weight", "64 64 3 3");
  attention("middle_block.1", "64");
  for (const auto* block : {"0", "1", "2", "3"}) line(std::string("output_blocks.") + block + ".0.in_layers.2.weight", "32 64 3 3");
  line("output_blocks.1.1.conv.weight", "64 64 3 3");
  attention("output_blocks.2.1", "32");
  attention("output_blocks.3.1", "32");
  line("time_embed.0.weight", "128 32");
  line("out.2.weight", "4 32 3 3");
  return all;
}

std::string compvisVae(const std::string& p) {
  return p + "decoder.mid.block_1.conv1.weight 64 64 3 3\n" + p + "encoder.down.0.block.0.conv1.weight 32 32 3 3\n" + p +
         "decoder.up.0.block.0.conv1.weight 32 32 3 3\n" + p + "encoder.mid.attn_1.q.weight 64 64 1 1\n" + p +
         "encoder.conv_in.weight 32 3 3 3\n" + p + "decoder.conv_in.weight 64 4 3 3\n" + p + "quant_conv.weight 8 8 1 1\n";
}

std::string openClip(const std::string& p) {
  const auto layer = p + "transformer.resblocks.0.";
  return p + "token_embedding.weight 300 40\n" + p + "positional_embedding 77 40\n" + layer + "ln_1.weight 40\n" + layer +
         "attn.in_proj_weight 120 40\n" + layer + "attn.in_proj_bias 120\n" + layer + "mlp.c_fc.weight 160 40\n" + p +
         "text_projection 40 40\n";
}

std::string clip(const std::string& p) {
  return p + "text_model.embeddings.token_embedding.weight 300 24\n" + p +
         "text_model.embeddings.position_embedding.weight 77 24\n" + p +
         "text_model.encoder.layers.0.self_attn.q_proj.weight 24 24\n" + p +
         "text_model.encoder.layers.0.layer_norm1.weight 24\n" + p + "text_model.encoder.layers.0.mlp.fc1.weight 48 24\n" +
         p + "text_model.embeddings.position_ids 1 77 I64\n";
}

// The names of the model that LoRAs are read for; small, but with a module of every kind.
const LoraNames& loraModel() {
  static const LoraNames names = [] {
    const std::string block = "down_blocks.0.attentions.0.transformer_blocks.0.";
    LoraNames all;
    all.add(LoraComponent::Unet,
            TensorSources{lines("conv_in.weight 8 4 3 3\ndown_blocks.0.resnets.0.conv1.weight 8 8 3 3\n"
                                "down_blocks.0.attentions.0.norm.weight 8\ndown_blocks.0.attentions.0.proj_in.weight 8 8 1 1\n" +
                                block + "attn1.to_q.weight 8 8\n" + block + "attn2.to_k.weight 8 12\n" + block +
                                "attn2.to_out.0.weight 8 8\n" + block + "ff.net.0.proj.weight 64 8\n")});
    all.add(LoraComponent::TextEncoder, TensorSources{lines("text_model.encoder.layers.0.self_attn.q_proj.weight 12 12\n"
                                                            "text_model.encoder.layers.0.mlp.fc1.weight 24 12\n")});
    return all;
  }();
  return names;
}

void checkParts(const ModelFiles& model) {
  for (const auto& [name, part] : model.parts) {
    require(part.weights != nullptr && part.config.is_object(), "a part has weights and a config");
    for (const auto& [key, info] : part.weights->tensors()) {
      constexpr std::uint64_t kSmall = 4096;
      if (info.end > kSmall) continue;
      const auto tensor = part.weights->tensor(key);
      require(tensor.sizes() == at::IntArrayRef(info.shape), "a tensor has the shape that it is listed with");
    }
  }
}

}  // namespace

void fuzzLora(std::span<const std::byte> file) {
  const auto opened = LoraFile::read(lineSource(file));
  if (!opened) return requireSentence(opened.error());
  const auto lora = fitLora(*opened, loraModel());
  if (!lora) return requireSentence(lora.error());
  require(!lora->modules.empty(), "a LoRA changes something");
  for (const auto& module : lora->modules) {
    require(module.change.misfit(module.target.shape).empty(), "a change fits its module");
    require(std::isfinite(module.change.scale) && std::isfinite(module.alpha()), "an alpha is a number");
  }
  require(lora->report(loraModel()).size() < 1000, "a report is short");
}

void fuzzSingleFile(std::span<const std::byte> file) {
  const auto source = lineSource(file);
  const auto what = recognizeWeights(*source);
  require(!what.name.empty() && kindId(what.kind) != nullptr, "a file is called something");
  require(what.kind != WeightsKind::Model || what.family.has_value(), "a model has a family");
  const auto model = openSingleFile(source);
  if (!model) return requireSentence(model.error());
  require(what.kind == WeightsKind::Model && model->has(kUNet), "only a model opens");
  checkParts(*model);
  for (const auto& note : model->notes) require(note.size() < 1000, "a note is short");
  const auto written = compvisView(*model);
  if (!written) requireSentence(written.error());
}

void fuzzEmbedding(std::span<const std::byte> file) {
  const auto embedding = readTextualInversion(*lineSource(file));
  if (!embedding) return requireSentence(embedding.error());
  require(!embedding->vectors.empty() && embedding->count() >= 1 && embedding->count() <= kMostVectors,
          "an embedding has some vectors");
  for (const auto& vectors : embedding->vectors) {
    require(vectors.dim() == 2 && vectors.size(0) == embedding->count(), "both text encoders get as many");
    require(vectors.scalar_type() == torch::kFloat32 && allFinite(vectors), "its numbers are finite");
  }
}

std::vector<std::string> loraSeeds() {
  const std::string kohya = "lora_unet_down_blocks_0_attentions_0_", text = "lora_te_text_model_encoder_layers_0_";
  const std::string peft = "unet.down_blocks.0.attentions.0.transformer_blocks.0.";
  return {
      kohya + "transformer_blocks_0_attn1_to_q.lora_down.weight 2 8\n" + kohya +
          "transformer_blocks_0_attn1_to_q.lora_up.weight 8 2\n" + kohya + "transformer_blocks_0_attn1_to_q.alpha F16\n" + text +
          "mlp_fc1.lora_down.weight 3 12\n" + text + "mlp_fc1.lora_up.weight 24 3\n@ss_base_model_version sd_v1\n",
      peft + "attn2.to_k.lora_A.weight 2 12\n" + peft + "attn2.to_k.lora_B.weight 8 2\n" + peft +
          "attn2.to_k.lora_magnitude_vector 8\n"
          "@lora_adapter_metadata {\"unet.r\":2,\"unet.lora_alpha\":4,\"unet.alpha_pattern\":{\"attn2.to_k\":3},"
          "\"unet.use_rslora\":true}\n",
      peft + "attn1.processor.to_q_lora.down.weight 2 8\n" + peft + "attn1.processor.to_q_lora.up.weight 8 2\n",
      "unet.conv_in.lora.down.weight 2 4 3 3\nunet.conv_in.lora.up.weight 8 2 1 1\n",
      kohya + "proj_in.lora_down.weight 2 8\n" + kohya + "proj_in.lora_up.weight 8 2\n" + kohya + "proj_in.dora_scale 1 8 1 1\n",
      "lora_unet_input_blocks_1_0_in_layers_2.lora_down.weight 2 8 1 1\nlora_unet_input_blocks_1_0_in_layers_2.lora_mid.weight "
      "2 2 3 3\nlora_unet_input_blocks_1_0_in_layers_2.lora_up.weight 8 2 1 1\n",
      kohya + "proj_in.hada_w1_a 2 8\n",
      "transformer.single_transformer_blocks.0.attn.to_q.lora_A.weight 1 1\n"
      "transformer.single_transformer_blocks.0.attn.to_q.lora_B.weight 1 1\n",
      kohya + "proj_in.lora_down.weight 2 8 nan\n" + kohya + "proj_in.lora_up.weight 8 2\n"};
}

std::vector<std::string> singleFileSeeds() {
  const std::string unet = "model.diffusion_model.", vae = "first_stage_model.";
  const std::string xl = compvisUNet(unet, "2048", "4") + unet + "label_emb.0.0.weight 128 2816\n";
  return {compvisUNet(unet, "768", "4") + compvisVae(vae) + clip("cond_stage_model.transformer."),
          compvisUNet(unet, "1024", "9") + compvisVae(vae) + openClip("cond_stage_model.model."),
          xl + compvisVae(vae) + clip("conditioner.embedders.0.transformer.") + openClip("conditioner.embedders.1.model.") +
              "v_pred 0\nztsnr 0\n",
          compvisUNet("", "768", "4") + "@likeness.configs {\"unet\":{\"norm_num_groups\":4},\"scheduler\":{}}\n" +
              "@modelspec.architecture stable-diffusion-v1\n",
          compvisUNet(unet, "768", "4") + "model_ema.diffusion_modelinput_blocks00weight 32 4 3 3\n",
          compvisVae(""),
          clip(""),
          openClip(""),
          "double_blocks.0.img_attn.norm.key_norm.scale 8\n",
          "model.diffusion_model.joint_blocks.0.x 1\n",
          "control_model.input_hint_block.0.weight 1\n",
          "<cat> 768\n"};
}

std::vector<std::string> embeddingSeeds() {
  return {"emb_params 3 768\n",          "clip_l 2 768\nclip_g 2 1280\n",       "<cat> 1024 F16\n",
          "string_to_param.* 4 768\n",   "text_encoders_0 1 8\ntext_encoders_1 1 8\n", "emb_params 3 768 nan\n",
          "string_to_token.* I64\nstring_to_param.* 2 16\n@name cat\n", "a 1\nb 2\nc 3\n"};
}

}  // namespace likeness
