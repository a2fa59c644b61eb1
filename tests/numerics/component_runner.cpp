// Runs one model of ours for full_size.py: component_runner unet|vae|clip FOLDER DATA.safetensors OUT.safetensors THREADS.
// FOLDER is a component in diffusers layout; DATA holds its inputs under the names that full_size.py gives them.
#include <cstdio>
#include <filesystem>
#include <string>

#include "core/model/autoencoder_kl.h"
#include "core/model/clip_text_model.h"
#include "core/model/unet2d_condition_model.h"
#include "core/tensor/memory.h"
#include "core/weights/diffusers_folder.h"
#include "core/weights/load_module.h"
#include "core/weights/safetensors.h"

using namespace likeness;
namespace fs = std::filesystem;

namespace {

template <typename Model, typename Config>
Model load(const fs::path& folder) {
  const auto config = folder / "config.json";
  Model model(Config::fromJson(readJsonFile(config).value(), config).value());
  static_cast<void>(loadModule(*model, openComponentWeights(folder).value()).value());
  for (const auto& parameter : model->parameters()) parameter.requires_grad_(false);
  return model;
}

NamedTensors runUnet(const fs::path& folder, const SafetensorsFile& data) {
  auto model = load<UNet2DConditionModel, UNet2DConditionConfig>(folder);
  AddedConditions added;
  if (data.has("text_embeds")) added = {data.tensor("text_embeds"), data.tensor("time_ids")};
  return {{"output", model->forward(data.tensor("sample"), data.tensor("timesteps"), data.tensor("text"),
                                    data.has("text_embeds") ? &added : nullptr)}};
}

NamedTensors runVae(const fs::path& folder, const SafetensorsFile& data) {
  auto model = load<AutoencoderKl, AutoencoderKlConfig>(folder);
  const auto moments = model->encode(data.tensor("pixels"));
  return {{"mean", moments.mean}, {"logvar", moments.logVariance}, {"decoded", model->decode(data.tensor("latents"))}};
}

NamedTensors runClip(const fs::path& folder, const SafetensorsFile& data) {
  auto model = load<ClipTextModel, ClipTextConfig>(folder);
  const auto output = model->forward(data.tensor("ids"));
  NamedTensors tensors = {{"last", output.lastHiddenState}, {"penultimate", output.penultimateHiddenState}};
  if (output.projected.defined()) tensors.emplace_back("projected", output.projected);
  return tensors;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 6) {
    std::fprintf(stderr, "usage: component_runner unet|vae|clip FOLDER DATA OUT THREADS\n");
    return 2;
  }
  tuneAllocator();
  at::set_num_threads(std::stoi(arguments[5]));
  const torch::NoGradGuard noGrad;
  try {
    const auto data = SafetensorsFile::open(arguments[3]).value();
    const std::string kind = arguments[1];
    const auto run = kind == "unet" ? runUnet : kind == "vae" ? runVae : runClip;
    writeSafetensors(arguments[4], run(arguments[2], data)).value();
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "%s\n", exception.what());
    return 1;
  }
  return 0;
}
