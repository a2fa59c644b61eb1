#include "core/sample/open_model_files.h"

#include "core/sample/model_parts.h"
#include "core/weights/diffusers_folder.h"
#include "core/weights/layouts/part_views.h"
#include "core/weights/layouts/prediction_probe.h"
#include "core/weights/layouts/write_model.h"
#include "core/weights/mapped_source.h"

namespace likeness {
namespace {

template <typename Config>
void takeConfig(const ModelFiles& files, const char* part, Findings& findings, Json& json,
                std::optional<Config>& config) {
  json = files.parts.at(part).config;
  config = findings.take(Config::fromJson(json, files.path));
}

Result<ClipTokenizer> tokenizerOf(const ModelFiles& files, const std::string& name, const OpenOptions& options) {
  const auto own = files.vocabularies.find(name);
  if (own != files.vocabularies.end()) return ClipTokenizer::open(own->second);
  if (!options.findVocabulary) {
    return Error{ErrorCode::NotFound,
                 files.path.string() + " brings no vocabulary, as a single file can't. Give the folder of a tokenizer.",
                 {},
                 files.path.string()};
  }
  LK_TRY(const auto vocabulary, options.findVocabulary());
  return ClipTokenizer::open(vocabulary, files.tokenizers.at(name));
}

ModelParts partsOf(const ModelFiles& files, const OpenOptions& options, Findings& findings) {
  ModelParts parts;
  parts.xl = files.family == ModelFamily::Sdxl;
  parts.json.modelIndex = files.modelIndex;
  parts.json.scheduler = files.scheduler;
  parts.scheduler = findings.take(NoiseScheduleConfig::fromJson(files.scheduler, files.path));
  takeConfig(files, kTextEncoder, findings, parts.json.textEncoder, parts.textEncoder);
  takeConfig(files, kUNet, findings, parts.json.unet, parts.unet);
  takeConfig(files, kVae, findings, parts.json.vae, parts.vae);
  parts.tokenizer = findings.take(tokenizerOf(files, "tokenizer", options));
  if (parts.xl) {
    takeConfig(files, kTextEncoder2, findings, parts.json.textEncoder2, parts.textEncoder2);
    parts.tokenizer2 = findings.take(tokenizerOf(files, "tokenizer_2", options));
  }
  return parts;
}

}  // namespace

Result<StableDiffusion> openFromModelFiles(const std::filesystem::path& path, JobControl* control,
                                           const OpenOptions& options) {
  LK_TRY(auto files, openModelFiles(path));
  if (!options.vae.empty()) LK_CHECK(replacePart(files, kVae, options.vae));
  LK_CHECK(checkModelFiles(files));
  LK_CHECK(settlePrediction(files, control));
  Findings findings(path);
  ModelParts parts = partsOf(files, options, findings);
  if (findings.error()) return *findings.error();
  checkAgreement(path, parts, findings);
  if (findings.error()) return *findings.error();
  const auto weights = [&](const std::string& part) -> Result<TensorSources> {
    return TensorSources{files.parts.at(part).weights};
  };
  return assemble(path, std::move(parts), weights, control);
}

Result<ModelFiles> modelFilesOf(const StableDiffusion& model) {
  LK_TRY(auto files, openModelFiles(model.path));
  files.family = model.family();
  files.otherUnet.reset();  // of the untrained model
  files.unetIsEma = false;
  files.scheduler = model.configs->scheduler;
  files.predictionKnown = true;
  const auto add = [&](const char* part, const torch::nn::Module& module, const Json& config) -> Result<void> {
    const auto state = std::make_shared<const MemorySource>(stateDict(module), model.path);
    LK_TRY(files.parts[part].weights, canonicalView(part, {state}));
    files.parts[part].config = config;
    return {};
  };
  LK_CHECK(add(kUNet, *model.unet, model.configs->unet));
  LK_CHECK(add(kVae, *model.vae, model.configs->vae));
  LK_CHECK(add(kTextEncoder, *model.textEncoder, model.configs->textEncoder));
  if (model.textEncoder2) LK_CHECK(add(kTextEncoder2, *model.textEncoder2, model.configs->textEncoder2));
  return files;
}

}  // namespace likeness
