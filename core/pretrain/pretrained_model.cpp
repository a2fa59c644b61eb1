#include "core/pretrain/pretrained_model.h"

#include "core/base/atomic_file.h"
#include "core/pretrain/initial_weights.h"
#include "core/sample/autocast.h"
#include "core/weights/diffusers_folder.h"
#include "core/weights/layouts/part_views.h"
#include "core/weights/layouts/write_model.h"
#include "core/weights/load_module.h"
#include "core/weights/mapped_source.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

enum Part : std::uint32_t { kVaePart, kUNetPart, kTextEncoderPart };

}  // namespace

AutoencoderKl freshVae(const ModelParts& plan, std::uint64_t seed) {
  AutoencoderKl vae(*plan.vae);
  initializeLikePyTorch(*vae, seed, kVaePart);
  return vae;
}

ClipTextModel freshTextEncoder(const ModelParts& plan, std::uint64_t seed) {
  ClipTextModel model(*plan.textEncoder);
  initializeLikeTransformers(*model, seed, kTextEncoderPart);
  return model;
}

UNet2DConditionModel freshUNet(const ModelParts& plan, std::uint64_t seed) {
  UNet2DConditionModel unet(*plan.unet);
  initializeLikePyTorch(*unet, seed, kUNetPart);
  return unet;
}

Result<void> writeVae(const fs::path& target, const AutoencoderKl& vae, Json config, double scalingFactor) {
  config["scaling_factor"] = scalingFactor;
  LK_TRY(auto folder, AtomicDirectory::create(target));
  LK_CHECK(writeFileAtomically(folder.path() / "config.json", config.dump(2) + "\n"));
  LK_CHECK(writeSafetensors(folder.path() / "diffusion_pytorch_model.safetensors", stateDict(*vae), {{"format", "pt"}}));
  return folder.commit();
}

Result<AutoencoderKl> readVae(const fs::path& folder, ModelParts& plan) {
  LK_TRY(plan.json.vae, readJsonFile(folder / "config.json"));
  LK_TRY(plan.vae, AutoencoderKlConfig::fromJson(plan.json.vae, folder / "config.json"));
  AutoencoderKl vae(*plan.vae);
  LK_TRY(const auto weights, openComponentWeights(folder));
  LK_CHECK(loadModule(*vae, weights));
  for (auto& parameter : vae->parameters()) parameter.requires_grad_(false);
  vae->useChannelsLastOnDemand();
  return vae;
}

StableDiffusion modelOf(const PretrainConfig& config, const ModelParts& plan, const AutoencoderKl& vae,
                        const ClipTextModel& textEncoder, const UNet2DConditionModel& unet) {
  const auto configs = std::make_shared<const StableDiffusionConfigs>(plan.json);
  return {config.output, configs, *plan.tokenizer, textEncoder, unet, vae, NoiseSchedule(*plan.scheduler)};
}

Result<void> writePretrained(const StableDiffusion& model, const PretrainConfig& config, const fs::path& target,
                             JobControl& control) {
  ModelFiles files;
  files.path = model.path;
  files.family = model.family();
  files.modelIndex = model.configs->modelIndex;
  files.scheduler = model.configs->scheduler;
  files.vocabularies["tokenizer"] = config.tokenizer;
  const auto add = [&](const char* part, const torch::nn::Module& module, const Json& json) -> Result<void> {
    const auto state = std::make_shared<const MemorySource>(stateDict(module), model.path);
    LK_TRY(files.parts[part].weights, canonicalView(part, {state}));
    files.parts[part].config = json;
    return {};
  };
  LK_CHECK(add(kUNet, *model.unet, model.configs->unet));
  LK_CHECK(add(kVae, *model.vae, model.configs->vae));
  LK_CHECK(add(kTextEncoder, *model.textEncoder, model.configs->textEncoder));
  return writeModelFolder(files, target, {}, {.dtype = scalarTypeOf(config.weights), .control = &control});
}

}  // namespace likeness
