#include "tests/unit/hostile_models.h"

#include <fstream>
#include <limits>

#include "core/data/picture_texts.h"
#include "core/weights/layouts/part_views.h"
#include "core/weights/layouts/write_model.h"
#include "core/weights/lora.h"
#include "core/weights/open_weights.h"
#include "core/weights/safetensors.h"
#include "core/weights/textual_inversion.h"
#include "tests/support/filled_model.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

using test::filledModel;
using test::layoutFixture;
using Tensors = std::map<std::string, torch::Tensor>;

const fs::path kBase = fs::path(LIKENESS_SOURCE_DIR) / "resources" / "base";

template <typename T>
Error errorOf(const Result<T>& result) {
  return result.ok() ? Error{ErrorCode::Internal, "It was accepted."} : result.error();
}

// What writing a model throws is an answer as well.
template <typename Write>
Error thrownBy(const Write& write) {
  try {
    return errorOf(write());
  } catch (const ErrorException& failure) {
    return failure.error();
  }
}

const ModelFiles& sd1() {
  static const ModelFiles model = filledModel(layoutFixture("sd1"));
  return model;
}

Tensors singleFile(const char* fixture) {
  const auto whole = compvisView(filledModel(layoutFixture(fixture))).value();
  Tensors tensors;
  for (const auto& [name, info] : whole->tensors()) tensors[name] = whole->tensor(name);
  return tensors;
}

fs::path write(const fs::path& folder, const Tensors& tensors, const char* name = "file.safetensors",
               const Metadata& metadata = {}) {
  writeSafetensors(folder / name, NamedTensors(tensors.begin(), tensors.end()), metadata).value();
  return folder / name;
}

torch::Tensor ones(std::initializer_list<std::int64_t> shape) {
  return torch::ones(at::IntArrayRef(shape.begin(), shape.size()));
}

// A file of one tensor, opened as a model.
HostileModel stranger(const std::string& name, const std::string& says, const std::string& tensor) {
  return {name, says, [=](const fs::path& folder) {
            return errorOf(openModelFiles(write(folder, {{tensor, ones({2, 2})}})));
          }};
}

// A whole model with a change, opened and checked.
HostileModel changed(const std::string& name, const std::string& says, const char* fixture,
                     const std::function<void(Tensors&)>& change) {
  return {name, says, [=](const fs::path& folder) {
            auto tensors = singleFile(fixture);
            change(tensors);
            const auto model = openModelFiles(write(folder, tensors));
            return model.ok() ? errorOf(checkModelFiles(*model)) : model.error();
          }};
}

HostileModel without(const std::string& name, const std::string& says, const char* fixture, const std::string& prefix) {
  return changed(name, says, fixture, [=](Tensors& tensors) {
    std::erase_if(tensors, [&](const auto& entry) { return entry.first.starts_with(prefix); });
  });
}

HostileModel withTensor(const std::string& name, const std::string& says, const char* fixture, const std::string& tensor,
                        std::initializer_list<std::int64_t> shape) {
  const auto value = ones(shape);
  return changed(name, says, fixture, [=](Tensors& tensors) { tensors[tensor] = value; });
}

// A part of another model in the SD 1 model.
HostileModel partOfAnother(const std::string& name, const std::string& says, const std::string& part,
                           const std::function<fs::path(const fs::path&)>& file) {
  return {name, says, [=](const fs::path& folder) {
            auto model = sd1();
            model.path = folder / "model.safetensors";
            const auto replaced = replacePart(model, part, file(folder));
            return replaced.ok() ? errorOf(checkModelFiles(model)) : replaced.error();
          }};
}

fs::path openClipFile(const fs::path& folder) {
  Tensors bare;
  const std::string prefix = "conditioner.embedders.1.model.";
  for (const auto& [name, tensor] : singleFile("xl")) {
    if (name.starts_with(prefix)) bare[name.substr(prefix.size())] = tensor;
  }
  return write(folder, bare);
}

// A value that is none in one tensor of the model, which is then written in `dtype`.
HostileModel written(const std::string& name, const std::string& says, float value, torch::ScalarType dtype) {
  return {name, says, [=](const fs::path& folder) {
            auto tensors = singleFile("sd1");
            auto& bias = tensors["model.diffusion_model.input_blocks.0.0.bias"];
            bias = bias.clone();
            bias[3] = value;
            const auto model = openModelFiles(write(folder, tensors)).value();
            return thrownBy([&] { return writeSingleFile(model, folder / "copy.safetensors", {}, {dtype}); });
          }};
}

// ---- folders

HostileModel folderOf(const std::string& name, const std::string& says,
                      const std::function<void(const fs::path&)>& spoil) {
  return {name, says, [=](const fs::path& folder) {
            const auto model = folder / "model";
            writeModelFolder(sd1(), model, kBase / "tokenizer").value();
            spoil(model);
            const auto opened = openModelFiles(model);
            return opened.ok() ? errorOf(checkModelFiles(*opened)) : opened.error();
          }};
}

HostileModel withConfig(const std::string& name, const std::string& says, const std::string& part, const std::string& key,
                        const Json& value) {
  return folderOf(name, says, [=](const fs::path& model) {
    const auto file = model / part / "config.json";
    auto config = readJsonFile(file).value();
    config[key] = value;
    std::ofstream(file, std::ios::trunc) << config.dump();
  });
}

HostileModel withFile(const std::string& name, const std::string& says, const std::string& file, const std::string& bytes) {
  return folderOf(name, says, [=](const fs::path& model) { std::ofstream(model / file, std::ios::trunc) << bytes; });
}

HostileModel withComponent(const std::string& component) {
  return folderOf("folder: a model with a " + component, "component " + component, [=](const fs::path& model) {
    auto index = readJsonFile(model / "model_index.json").value();
    index[component] = {"diffusers", "SomeModel"};
    std::ofstream(model / "model_index.json", std::ios::trunc) << index.dump();
  });
}

// ---- LoRAs

constexpr const char* kKey = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k";

// For the SD 1 model, whose attn2.to_k is [32, 24] there.
HostileModel lora(const std::string& name, const std::string& says, const Tensors& tensors, const Metadata& metadata = {}) {
  return {"LoRA: " + name, says, [=](const fs::path& folder) {
            LoraNames names;
            for (const auto& [part, component] : {std::pair(kUNet, LoraComponent::Unet),
                                                  std::pair(kTextEncoder, LoraComponent::TextEncoder)}) {
              names.add(component, TensorSources{sd1().parts.at(part).weights});
            }
            return errorOf(openLora(write(folder, tensors, "file.safetensors", metadata), names));
          }};
}

Tensors pair(const std::string& key, std::int64_t in, std::int64_t out, std::int64_t rank = 2) {
  return {{key + ".lora_down.weight", ones({rank, in})}, {key + ".lora_up.weight", ones({out, rank})}};
}

Tensors with(Tensors tensors, const std::string& name, const torch::Tensor& value) {
  tensors[name] = value;
  return tensors;
}

torch::Tensor notFinite(std::initializer_list<std::int64_t> shape) {
  return ones(shape) * std::numeric_limits<float>::quiet_NaN();
}

HostileModel embedding(const std::string& name, const std::string& says, const Tensors& tensors) {
  return {"embedding: " + name, says, [=](const fs::path& folder) {
            return errorOf(readTextualInversion(*openWeightsFile(write(folder, tensors)).value()));
          }};
}

HostileModel picture(const std::string& name, const std::string& says, const std::string& bytes) {
  return {"picture: " + name, says, [=](const fs::path& folder) {
            std::ofstream(folder / "file.png", std::ios::binary) << bytes;
            return errorOf(readPictureTexts(folder / "file.png"));
          }};
}

}  // namespace

std::vector<HostileModel> hostileModels() {
  const std::string unet = "model.diffusion_model.", vae = "first_stage_model.";
  return {
      stranger("model: Stable Diffusion 3", "Stable Diffusion 3 model", unet + "joint_blocks.0.x_block.attn.qkv.weight"),
      stranger("model: FLUX", "FLUX model", "double_blocks.0.img_attn.norm.key_norm.scale"),
      stranger("model: PixArt", "PixArt model", "adaln_single.linear.weight"),
      stranger("model: Stable Cascade", "Stable Cascade model", "clip_txt_mapper.weight"),
      stranger("model: Stable Video Diffusion", "Video", unet + "input_blocks.1.0.time_stack.in_layers.2.weight"),
      stranger("model: AnimateDiff", "AnimateDiff", "down_blocks.0.motion_modules.0.norm.weight"),
      stranger("model: a ControlNet", "ControlNet", "control_model.input_hint_block.0.weight"),
      stranger("model: a LoRA", "as a LoRA", "lora_unet_mid_block_attentions_0_proj_in.lora_down.weight"),
      stranger("model: a VAE", "as its VAE", "decoder.mid.block_1.conv1.weight"),
      stranger("model: a text encoder", "not a whole model", "text_model.embeddings.token_embedding.weight"),
      stranger("model: an embedding", "as an embedding", "emb_params"),
      stranger("model: any tensor", "file of tensors", "weight"),
      withTensor("model: InstructPix2Pix", "InstructPix2Pix", "sd1", unet + "input_blocks.0.0.weight", {32, 8, 3, 3}),
      withTensor("model: depth to image", "depth-to-image", "sd1", unet + "input_blocks.0.0.weight", {32, 5, 3, 3}),
      withTensor("model: unCLIP", "unCLIP", "sd2", unet + "label_emb.0.0.weight", {256, 1536}),
      withTensor("model: the x4 upscaler", "upscaler", "sd2", unet + "label_emb.weight", {1000, 256}),
      changed("model: the XL refiner", "refiner", "xl",
              [](Tensors& tensors) {
                std::erase_if(tensors, [](const auto& entry) { return entry.first.starts_with("conditioner."); });
                tensors["conditioner.embedders.0.model.token_embedding.weight"] = ones({300, 40});
              }),
      without("model: no VAE", "lacks its vae", "sd1", vae),
      without("model: no text encoder", "lacks its text_encoder", "sd1", "cond_stage_model."),
      without("model: XL without its second text encoder", "lacks its text_encoder_2", "xl", "conditioner.embedders.1."),
      without("model: half of the VAE", "without its encoder", "sd1", vae + "encoder."),
      without("model: a block of the UNet missing", "lacks up_blocks.1.resnets.2", "sd1", unet + "output_blocks.5."),
      without("model: one tensor missing", "mid_block.resnets.0.conv2.weight", "sd1",
              unet + "middle_block.0.out_layers.3.weight"),
      withTensor("model: a tensor of another shape", "in the file", "sd1", unet + "time_embed.0.weight", {128, 31}),
      withTensor("model: three matrices in one that can't be cut", "in_proj_weight", "sd2",
                 "cond_stage_model.model.transformer.resblocks.0.attn.in_proj_weight", {119, 40}),
      withTensor("model: a moving average of one tensor", "lacks the moving average", "sd1",
                 "model_ema.diffusion_modelinput_blocks00weight", {32, 4, 3, 3}),
      written("model: NaN among the weights", "NaN", std::numeric_limits<float>::quiet_NaN(), torch::kFloat32),
      written("model: infinity among the weights", "infinity", std::numeric_limits<float>::infinity(), torch::kFloat32),
      written("model: weights too large for fp16", "too large for fp16", 70000, torch::kHalf),
      partOfAnother("VAE: of another latent space", "8", kVae, [](const fs::path&) { return kBase / "vae"; }),
      partOfAnother("VAE: a text encoder", "holds no VAE", kVae, openClipFile),
      partOfAnother("text encoder: XL's second in SD 1", "text of width", kTextEncoder, openClipFile),
      partOfAnother("text encoder: a VAE", "holds no text encoder", kTextEncoder,
                    [](const fs::path& folder) { return write(folder, {{"decoder.mid.block_1.conv1.weight", ones({2, 2})}}); }),
  };
}

std::vector<HostileModel> hostileModelFolders() {
  const auto deep = "{\"a\":" + std::string(1000, '[') + std::string(1000, ']') + "}";
  return {
      withComponent("transformer"),
      withComponent("text_encoder_3"),
      withComponent("controlnet"),
      folderOf("folder: no model_index.json", "holds no model_index.json",
               [](const fs::path& model) { fs::remove(model / "model_index.json"); }),
      folderOf("folder: no unet", "unet is missing", [](const fs::path& model) { fs::remove_all(model / "unet"); }),
      folderOf("folder: no text encoder", "lacks its text_encoder",
               [](const fs::path& model) { fs::remove_all(model / "text_encoder"); }),
      folderOf("folder: no weights in the VAE's", "holds no weights",
               [](const fs::path& model) { fs::remove(model / "vae" / "diffusion_pytorch_model.safetensors"); }),
      folderOf("folder: no scheduler", "scheduler_config.json",
               [](const fs::path& model) { fs::remove_all(model / "scheduler"); }),
      withFile("folder: model_index.json that is no JSON", "not a JSON object", "model_index.json", "hello"),
      withFile("folder: a config nested a thousand deep", "not a JSON object", "unet/config.json", deep),
      withFile("folder: an empty config", "unet", "unet/config.json", "{}"),
      withConfig("folder: a config of a billion layers", "text_encoder", "text_encoder", "num_hidden_layers", 1'000'000'000),
      withConfig("folder: a config of no channels", "unet", "unet", "in_channels", 0),
      withConfig("folder: a config of negative width", "unet", "unet", "cross_attention_dim", -24),
      withConfig("folder: a config of words for numbers", "norm_num_groups", "unet", "norm_num_groups", "many"),
      withConfig("folder: channels that no groups divide", "unet", "unet", "block_out_channels", Json{33, 32, 64, 64}),
      withConfig("folder: a config of another model", "does not fit", "vae", "latent_channels", 16),
  };
}

std::vector<HostileModel> hostileLoras() {
  const Tensors good = pair(kKey, 24, 32);
  const std::string te2 = "lora_te2_text_model_encoder_layers_31_mlp_fc1";
  return {
      lora("of SD 2 on SD 1", "made for Stable Diffusion 2.x", pair(kKey, 1024, 32)),
      lora("of XL on SD 1, by its text encoder", "made for Stable Diffusion XL", pair(te2, 1280, 5120)),
      lora("of XL on SD 1, by its width", "made for Stable Diffusion XL", pair(kKey, 2048, 32)),
      lora("of FLUX", "a transformer model",
           {{"transformer.single_transformer_blocks.0.attn.to_q.lora_A.weight", ones({1, 1})},
            {"transformer.single_transformer_blocks.0.attn.to_q.lora_B.weight", ones({1, 1})}}),
      lora("a LoHa", "LoHa", {{std::string(kKey) + ".hada_w1_a", ones({2, 2})}}),
      lora("a whole model", "not a LoRA", singleFile("sd1")),
      lora("no up matrix", "without the up matrix", {*good.begin()}),
      lora("weights NaN", "not numbers", with(good, std::string(kKey) + ".lora_up.weight", notFinite({32, 2}))),
      lora("alpha NaN", "alpha that is not a number", with(good, std::string(kKey) + ".alpha", notFinite({}))),
      lora("alpha a billion", "alpha over 1000 times", with(good, std::string(kKey) + ".alpha", ones({}) * 1e9)),
      lora("rank 5000", "rank 5000", pair(kKey, 24, 32, 5000)),
      lora("settings that hang a matcher of patterns", "pattern", good,
           {{"lora_adapter_metadata", R"({"unet.lora_alpha": 1, "unet.alpha_pattern": {"(a+)+$": 4}})"}}),
      lora("settings nested for ever", "can't be read", good, {{"lora_adapter_metadata", std::string(1'000'000, '[')}}),
  };
}

std::vector<HostileModel> hostileEmbeddings() {
  return {
      embedding("three tensors", "3 tensors", {{"a", ones({768})}, {"b", ones({768})}, {"c", ones({768})}}),
      embedding("a thousand vectors", "1000 vectors", {{"emb_params", ones({1000, 768})}}),
      embedding("whole numbers", "not a few rows of numbers", {{"emb_params", torch::ones({2, 768}, torch::kInt64)}}),
      embedding("a picture", "not a few rows of numbers", {{"emb_params", ones({3, 8, 8})}}),
      embedding("vectors NaN", "not finite", {{"emb_params", notFinite({2, 768})}}),
      embedding("different numbers for XL's encoders", "different numbers",
                {{"clip_l", ones({2, 768})}, {"clip_g", ones({3, 1280})}}),
  };
}

std::vector<HostileModel> hostilePictures() {
  const std::string png("\x89PNG\r\n\x1a\n", 8);
  return {
      picture("a text that was changed", "damaged where its recipe should be",
              png + std::string("\0\0\0\5tEXtk\0dogXXXX", 17)),
      picture("a text that is cut", "damaged where its recipe should be", png + std::string("\0\0\1\0tEXtk\0dog", 13)),
      picture("no picture", "not a PNG, JPEG or WebP", "hello"),
      picture("nothing", "not a PNG, JPEG or WebP", ""),
  };
}

}  // namespace likeness
