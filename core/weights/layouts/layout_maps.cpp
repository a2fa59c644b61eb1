#include "core/weights/layouts/layout_maps.h"

#include <algorithm>
#include <array>

namespace likeness {
namespace {

using Ending = KeyMap::Ending;

constexpr std::array<Ending, 6> kUNetResnet{{{"in_layers.0.", "norm1."},
                                             {"in_layers.2.", "conv1."},
                                             {"emb_layers.1.", "time_emb_proj."},
                                             {"out_layers.0.", "norm2."},
                                             {"out_layers.3.", "conv2."},
                                             {"skip_connection.", "conv_shortcut."}}};
constexpr std::array<Ending, 5> kVaeResnet{{{"norm1.", "norm1."},
                                            {"conv1.", "conv1."},
                                            {"norm2.", "norm2."},
                                            {"conv2.", "conv2."},
                                            {"nin_shortcut.", "conv_shortcut."}}};
constexpr std::array<Ending, 9> kVaeAttention{{{"norm.", "group_norm."},
                                               {"q.weight", "to_q.weight", TensorChange::Pointwise},
                                               {"k.weight", "to_k.weight", TensorChange::Pointwise},
                                               {"v.weight", "to_v.weight", TensorChange::Pointwise},
                                               {"proj_out.weight", "to_out.0.weight", TensorChange::Pointwise},
                                               {"q.bias", "to_q.bias"},
                                               {"k.bias", "to_k.bias"},
                                               {"v.bias", "to_v.bias"},
                                               {"proj_out.bias", "to_out.0.bias"}}};
constexpr std::array<Ending, 11> kOpenClipLayer{
    {{"ln_1.", "layer_norm1."},
     {"ln_2.", "layer_norm2."},
     {"mlp.c_fc.", "mlp.fc1."},
     {"mlp.c_proj.", "mlp.fc2."},
     {"attn.out_proj.", "self_attn.out_proj."},
     {"attn.in_proj_weight", "self_attn.q_proj.weight", TensorChange::Query},
     {"attn.in_proj_weight", "self_attn.k_proj.weight", TensorChange::Key},
     {"attn.in_proj_weight", "self_attn.v_proj.weight", TensorChange::Value},
     {"attn.in_proj_bias", "self_attn.q_proj.bias", TensorChange::Query},
     {"attn.in_proj_bias", "self_attn.k_proj.bias", TensorChange::Key},
     {"attn.in_proj_bias", "self_attn.v_proj.bias", TensorChange::Value}}};
constexpr std::array<Ending, 1> kTransposed{{{"", "", TensorChange::Transposed}}};

std::string number(std::int64_t value) { return std::to_string(value); }

// How many of `before`0`after`, `before`1`after`, … there are.
std::int64_t countNames(const HasName& has, const std::string& before, const std::string& after) {
  std::int64_t count = 0;
  while (has(before + number(count) + after)) ++count;
  return count;
}

}  // namespace

UNetLayout unetLayoutOfCompvis(const HasName& has) {
  UNetLayout layout;
  UNetLayout::Level level;
  for (std::int64_t entry = 1;; ++entry) {
    const auto block = "input_blocks." + number(entry);
    if (has(block + ".0.in_layers.2.weight")) {
      ++level.layers;
      level.downAttention = level.downAttention || has(block + ".1.norm.weight");
      continue;
    }
    if (level.layers > 0) layout.levels.push_back(level);
    if (level.layers == 0 || !has(block + ".0.op.weight")) break;
    level = {};
  }
  std::int64_t entry = 0;
  for (auto own = layout.levels.rbegin(); own != layout.levels.rend(); ++own) {
    own->upAttention = has("output_blocks." + number(entry) + ".1.norm.weight");
    entry += own->layers + 1;
  }
  return layout;
}

UNetLayout unetLayoutOfDiffusers(const HasName& has) {
  UNetLayout layout;
  const auto count = countNames(has, "down_blocks.", ".resnets.0.conv1.weight");
  for (std::int64_t i = 0; i < count; ++i) {
    const auto block = "down_blocks." + number(i);
    layout.levels.push_back({countNames(has, block + ".resnets.", ".conv1.weight"),
                             has(block + ".attentions.0.norm.weight"),
                             has("up_blocks." + number(count - 1 - i) + ".attentions.0.norm.weight")});
  }
  return layout;
}

KeyMap unetKeyMap(const UNetLayout& layout) {
  KeyMap map;
  map.add("time_embed.0.", "time_embedding.linear_1.");
  map.add("time_embed.2.", "time_embedding.linear_2.");
  map.add("label_emb.0.0.", "add_embedding.linear_1.");
  map.add("label_emb.0.2.", "add_embedding.linear_2.");
  map.add("input_blocks.0.0.", "conv_in.");
  map.add("out.0.", "conv_norm_out.");
  map.add("out.2.", "conv_out.");
  map.add("middle_block.0.", "mid_block.resnets.0.", kUNetResnet);
  map.add("middle_block.1.", "mid_block.attentions.0.");
  map.add("middle_block.2.", "mid_block.resnets.1.", kUNetResnet);
  const auto count = static_cast<std::int64_t>(layout.levels.size());
  std::int64_t in = 1, out = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto& down = layout.levels[static_cast<std::size_t>(i)];
    const auto block = "down_blocks." + number(i);
    for (std::int64_t j = 0; j < down.layers; ++j, ++in) {
      const auto entry = "input_blocks." + number(in);
      map.add(entry + ".0.", block + ".resnets." + number(j) + ".", kUNetResnet);
      if (down.downAttention) map.add(entry + ".1.", block + ".attentions." + number(j) + ".");
    }
    if (i + 1 < count) map.add("input_blocks." + number(in++) + ".0.op.", block + ".downsamplers.0.conv.");
  }
  for (std::int64_t i = 0; i < count; ++i) {
    const auto& up = layout.levels[static_cast<std::size_t>(count - 1 - i)];
    const auto block = "up_blocks." + number(i);
    for (std::int64_t j = 0; j <= up.layers; ++j, ++out) {
      const auto entry = "output_blocks." + number(out);
      map.add(entry + ".0.", block + ".resnets." + number(j) + ".", kUNetResnet);
      if (up.upAttention) map.add(entry + ".1.", block + ".attentions." + number(j) + ".");
      if (j < up.layers || i + 1 == count) continue;
      map.add(entry + (up.upAttention ? ".2.conv." : ".1.conv."), block + ".upsamplers.0.conv.");
    }
  }
  return map;
}

VaeLayout vaeLayoutOfCompvis(const HasName& has) {
  return {std::max(countNames(has, "encoder.down.", ".block.0.conv1.weight"),
                   countNames(has, "decoder.up.", ".block.0.conv1.weight")),
          std::max(countNames(has, "encoder.down.0.block.", ".conv1.weight"),
                   countNames(has, "decoder.up.0.block.", ".conv1.weight") - 1)};
}

VaeLayout vaeLayoutOfDiffusers(const HasName& has) {
  return {std::max(countNames(has, "encoder.down_blocks.", ".resnets.0.conv1.weight"),
                   countNames(has, "decoder.up_blocks.", ".resnets.0.conv1.weight")),
          std::max(countNames(has, "encoder.down_blocks.0.resnets.", ".conv1.weight"),
                   countNames(has, "decoder.up_blocks.0.resnets.", ".conv1.weight") - 1)};
}

KeyMap vaeKeyMap(const VaeLayout& layout) {
  KeyMap map;
  map.add("quant_conv.", "quant_conv.");
  map.add("post_quant_conv.", "post_quant_conv.");
  for (const std::string half : {"encoder.", "decoder."}) {
    map.add(half + "conv_in.", half + "conv_in.");
    map.add(half + "norm_out.", half + "conv_norm_out.");
    map.add(half + "conv_out.", half + "conv_out.");
    map.add(half + "mid.block_1.", half + "mid_block.resnets.0.", kVaeResnet);
    map.add(half + "mid.attn_1.", half + "mid_block.attentions.0.", kVaeAttention);
    map.add(half + "mid.block_2.", half + "mid_block.resnets.1.", kVaeResnet);
  }
  for (std::int64_t i = 0; i < layout.levels; ++i) {
    const auto down = "encoder.down." + number(i), up = "decoder.up." + number(layout.levels - 1 - i);
    const auto downBlock = "encoder.down_blocks." + number(i), upBlock = "decoder.up_blocks." + number(i);
    for (std::int64_t j = 0; j < layout.layers; ++j) {
      map.add(down + ".block." + number(j) + ".", downBlock + ".resnets." + number(j) + ".", kVaeResnet);
    }
    for (std::int64_t j = 0; j <= layout.layers; ++j) {
      map.add(up + ".block." + number(j) + ".", upBlock + ".resnets." + number(j) + ".", kVaeResnet);
    }
    map.add(down + ".downsample.", downBlock + ".downsamplers.0.");
    map.add(up + ".upsample.", upBlock + ".upsamplers.0.");
  }
  return map;
}

std::int64_t openClipLayers(const HasName& has) {
  return countNames(has, "transformer.resblocks.", ".ln_1.weight");
}

std::int64_t clipLayers(const HasName& has) {
  return countNames(has, "text_model.encoder.layers.", ".layer_norm1.weight");
}

KeyMap clipKeyMap() {
  KeyMap map;
  map.add("text_model.", "text_model.");
  map.add("text_projection.", "text_projection.");
  // Files of the first months, made with a transformers that had no text_model.
  for (const std::string part : {"embeddings.", "encoder.", "final_layer_norm."}) {
    map.addSpelling(part, "text_model." + part);
  }
  return map;
}

KeyMap openClipKeyMap(std::int64_t layers, bool projection) {
  KeyMap map;
  map.add("positional_embedding", "text_model.embeddings.position_embedding.weight");
  map.add("token_embedding.", "text_model.embeddings.token_embedding.");
  map.add("ln_final.", "text_model.final_layer_norm.");
  if (projection) map.add("text_projection", "text_projection.weight", kTransposed);
  for (std::int64_t i = 0; i < layers; ++i) {
    map.add("transformer.resblocks." + number(i) + ".", "text_model.encoder.layers." + number(i) + ".", kOpenClipLayer);
  }
  return map;
}

std::string emaName(const std::string& name) {
  std::string flat = name.starts_with("model.") ? name.substr(6) : name;
  flat.erase(std::remove(flat.begin(), flat.end(), '.'), flat.end());
  return "model_ema." + flat;
}

}  // namespace likeness
