#include "core/engine/inspect_weights.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/engine/about.h"
#include "core/sample/stable_diffusion.h"
#include "core/weights/layouts/model_files.h"
#include "core/weights/layouts/recognize.h"
#include "core/weights/open_weights.h"
#include "core/weights/safetensors_header.h"
#include "core/weights/write_source.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kLongestText = 2000;

// Without the configs, which are given as such, and cut where a picture or a long recipe stands.
Json shownMetadata(const Metadata& metadata) {
  Json shown = Json::object();
  for (const auto& [key, value] : metadata) {
    if (key == "likeness.configs") continue;
    shown[key] = value.size() <= kLongestText ? value : value.substr(0, 60) + "… (" + formatBytes(value.size()) + ")";
  }
  return shown;
}

void addMetadata(About& about, const Metadata& metadata) {
  about.json()["metadata"] = shownMetadata(metadata);
  for (const auto& [key, value] : about.json()["metadata"].items()) {
    about.line(key + " = " + value.get<std::string>());
  }
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void addPrediction(About& about, const ModelFiles& model) {
  const std::string type = !model.predictionKnown ? "unknown" : model.predictsV() ? "v_prediction" : "epsilon";
  about.json()["prediction_type"] = type;
  about.json()["prediction_from"] = model.predictionFrom;
  about.line(std::string("predicts: ") + (type == "epsilon" ? "noise (epsilon)" : type == "unknown" ? "not known" : "v") + ", " +
             model.predictionFrom);
}

void addUNet(About& about, const ModelFiles& model) {
  auto& json = about.json();
  json["in_channels"] = model.unetInChannels();
  json["latent_channels"] = model.latentChannels();
  json["inpainting"] = model.inpainting();
  about.line("task: " + std::string(model.inpainting() ? "inpainting" : "text to image") + ", " +
             std::to_string(model.latentChannels()) + " latent channels" +
             (model.inpainting() ? ", " + std::to_string(model.unetInChannels()) + " of the UNet's input" : ""));
  json["ema"] = model.otherUnet != nullptr;
  json["ema_used"] = model.unetIsEma;
}

void addParts(About& about, const ModelFiles& model) {
  auto& json = about.json();
  Counts all;
  for (const std::string name : {kUNet, kVae, kTextEncoder, kTextEncoder2}) {
    const auto part = model.parts.find(name);
    if (part == model.parts.end()) continue;
    Counts counts;
    count(*part->second.weights, counts);
    count(*part->second.weights, all);
    json["parts"][name] = toJson(counts);
    json["configs"][name] = part->second.config;
    about.line(name + ": " + describe(counts));
  }
  json["configs"]["scheduler"] = model.scheduler;
  json["vae"] = model.has(kVae);
  json["text_encoders"] = int{model.has(kTextEncoder)} + int{model.has(kTextEncoder2)};
  json["dtypes"] = all.dtypes;
  json["missing"] = model.missing();
  about.line("missing: " + (model.missing().empty() ? "nothing" : joined(model.missing())));
}

// Pixels that the model was trained at, and what sizes are multiples of.
void addSizes(About& about, const ModelFiles& model) {
  const auto& unet = model.parts.at(kUNet).config;
  const auto levels = [](const Json& config) {
    const auto found = config.find("block_out_channels");
    return found != config.end() && found->is_array() ? std::clamp<std::size_t>(found->size(), 1, 8) : 4;
  };
  const auto vae = model.parts.find(kVae);
  const auto factor = std::int64_t{1} << ((vae == model.parts.end() ? 4 : levels(vae->second.config)) - 1);
  about.add("resolution", "trained at (px)", factor * jsonOr<std::int64_t>(unet, "sample_size", 64));
  about.add("size_multiple", "sizes are multiples of (px)", factor << (levels(unet) - 1));
}

Inspected describeModel(const ModelFiles& model, const std::string& identity) {
  const std::string layout = model.singleFile ? "single file in CompVis's layout" : "folder in diffusers layout";
  About about("model", std::string(familyName(model.family)) + " model, " + layout, model.path);
  auto& json = about.json();
  json["family"] = familyId(model.family);
  json["family_name"] = familyName(model.family);
  json["layout"] = model.singleFile ? "single-file" : "diffusers";
  addPrediction(about, model);
  addUNet(about, model);
  addSizes(about, model);
  about.add("scheduler", "scheduler", jsonOr<std::string>(model.scheduler, "_class_name", "unknown"));
  addParts(about, model);
  json["notes"] = model.notes;
  for (const auto& note : model.notes) about.line(note);
  if (model.singleFile) addMetadata(about, model.metadata);
  if (!identity.empty()) about.add("identity", "SHA-256 of its content", identity);
  return about.answer();
}

// Lowest and highest rank of a LoRA's modules; 0 where there are none.
std::pair<std::int64_t, std::int64_t> ranksOf(const TensorSource& file) {
  std::int64_t least = 0, most = 0;
  for (const auto& [name, info] : file.tensors()) {
    const bool down = name.find(".lora_down.") != std::string::npos || name.find(".lora_A.") != std::string::npos ||
                      name.find("lora.down.") != std::string::npos || name.find("layer.down.") != std::string::npos;
    if (!down || info.shape.empty()) continue;
    least = least == 0 ? info.shape[0] : std::min(least, info.shape[0]);
    most = std::max(most, info.shape[0]);
  }
  return {least, most};
}

Inspected describeTensors(const TensorSource& file, const Recognized& what) {
  const bool foreign = what.kind == WeightsKind::OtherFamily;
  About about(kindId(what.kind), what.name + (foreign ? ", which this program can't run" : ""), file.path());
  auto& json = about.json();
  Counts counts;
  count(file, counts);
  json.update(toJson(counts));
  json["name"] = what.name;
  if (what.family) json["family"] = familyId(*what.family);
  about.line(describe(counts));
  if (what.kind == WeightsKind::Lora) {
    const auto [least, most] = ranksOf(file);
    json["ranks"] = {least, most};
    about.line("rank: " + std::to_string(least) + (least == most ? "" : " to " + std::to_string(most)));
  }
  addMetadata(about, file.metadata());
  for (const auto& [name, info] : file.tensors()) {
    about.line(name + ": " + dtypeWord(info.dtype) + " " + shapeText(info.shape));
    json["shapes"][name] = info.shape;
  }
  return about.answer();
}

}  // namespace

void count(const TensorSource& file, Counts& counts) {
  for (const auto& [name, info] : file.tensors()) {
    std::uint64_t numbers = 1;
    for (const auto size : info.shape) numbers *= static_cast<std::uint64_t>(size);
    ++counts.tensors;
    counts.numbers += numbers;
    counts.bytes += info.end - info.begin;
    ++counts.dtypes[dtypeWord(info.dtype)];
  }
}

Json toJson(const Counts& counts) {
  return {
      {"tensors", counts.tensors}, {"parameters", counts.numbers}, {"bytes", counts.bytes}, {"dtypes", counts.dtypes}};
}

std::string describe(const Counts& counts) {
  std::string text = std::to_string(counts.tensors) + " tensors, " + std::to_string(counts.numbers) + " parameters, " +
                     formatBytes(counts.bytes);
  for (const auto& [dtype, number] : counts.dtypes) text += ", " + std::to_string(number) + " × " + dtype;
  return text;
}

bool isWeightsFile(const fs::path& file) {
  constexpr std::array kEndings = {".safetensors", ".ckpt", ".pt", ".pth", ".bin"};
  return std::find(kEndings.begin(), kEndings.end(), file.extension().string()) != kEndings.end();
}

Result<Inspected> inspectWeights(const fs::path& path) {
  LK_TRY(auto file, openWeightsFile(path));
  const auto what = recognizeWeights(*file);
  if (what.kind != WeightsKind::Model) return describeTensors(*file, what);
  LK_TRY(const auto model, openSingleFile(std::move(file)));
  return describeModel(model, {});
}

Result<Inspected> inspectModel(const fs::path& path, bool withIdentity) {
  LK_TRY(const auto model, openModelFiles(path));
  if (!withIdentity) return describeModel(model, {});
  LK_TRY(const auto identity, modelIdentity(path));
  return describeModel(model, identity);
}

}  // namespace likeness
