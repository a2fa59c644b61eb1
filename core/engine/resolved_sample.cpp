#include "core/engine/resolved_sample.h"

#include <algorithm>
#include <system_error>

#include "core/api/parameters_text.h"
#include "core/api/sample_options.h"
#include "core/base/file_hash.h"
#include "core/data/picture_texts.h"
#include "core/engine/failure.h"
#include "core/engine/lora_tags.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

bool isThere(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

// The checkpoint of a recipe inside the project that is used now, which may have been moved since.
fs::path movedCheckpoint(const fs::path& recorded, const fs::path& project) {
  fs::path tail;
  auto folder = recorded;
  for (int depth = 0; depth < 4; ++depth) {  // runs/ID/checkpoints/step-N
    tail = tail.empty() ? folder.filename() : folder.filename() / tail;
    folder = folder.parent_path();
  }
  return project / tail;
}

// Which model makes the picture: what was given, else what the recipe names.
void useRecordedModel(const Sample& spec, const RecipeFacts& facts, Sample& sample, const JobContext& context) {
  if (!spec.model.empty()) {
    if (sample.weights == WhichWeights::Step && !sample.checkpoint.empty()) {
      context.warn("checkpoint_left_out", "The picture was made with trained weights (" + sample.checkpoint.string() +
                                              "), but is made now with the model as it is, because --model was given.");
    }
    sample.weights = WhichWeights::Base;
    sample.checkpoint.clear();
    return;
  }
  if (spec.project.empty()) {
    if (!facts.project.empty() && isThere(facts.project / "project.yaml")) {
      sample.project = facts.project;
    } else if (facts.model.empty() || isThere(facts.model)) {
      sample.model = facts.model;
    } else {
      refuse("The model that " + spec.recipe.string() + " was made with is no longer there: " + facts.model.string() +
                 ". Name it with --model.",
             facts.model, ErrorCode::NotFound);
    }
  }
  if (sample.checkpoint.empty() || isThere(sample.checkpoint)) return;
  const auto moved = sample.project.empty() ? fs::path() : movedCheckpoint(sample.checkpoint, sample.project);
  if (moved.empty() || !isThere(moved)) {
    refuse("The checkpoint that " + spec.recipe.string() + " was made with is no longer there: " +
               sample.checkpoint.string() + ". Name another with --checkpoint.",
           sample.checkpoint, ErrorCode::NotFound);
  }
  sample.checkpoint = moved;
}

void applySettings(Sample& sample, const SettingList& settings) { applySampleOptions(sample, settings).value(); }

// A batch is made again only when nothing else is to change.
bool keepsBatch(const Sample& spec, const SampleBatch& batch, std::uint64_t seed) {
  constexpr int kMost = 4096;
  return spec.settings.empty() && spec.count == 1 && batch.count >= 1 && batch.count <= kMost && seed >= batch.seed &&
         seed - batch.seed < static_cast<std::uint64_t>(batch.count);
}

void useOwnRecipe(const Json& json, const Sample& spec, ResolvedSample& resolved, const JobContext& context) {
  auto recipe = readRecipeJson(json);
  auto& sample = resolved.sample;
  applySettings(sample, recipe.settings);
  applySettings(sample, spec.settings);
  if (sample.grid.empty()) sample.grid = std::move(recipe.grid);
  if (recipe.batch && keepsBatch(spec, *recipe.batch, sample.seed)) sample.batch = recipe.batch;
  if (!recipe.facts.token.empty()) {
    resolved.tokens = {recipe.facts.token};
    resolved.tokens.insert(resolved.tokens.end(), recipe.facts.furtherTokens.begin(), recipe.facts.furtherTokens.end());
  }
  resolved.recorded = recipe.facts.files;
  useRecordedModel(spec, recipe.facts, sample, context);
}

void useForeignRecipe(const ParsedParameters& parsed, const Sample& spec, ResolvedSample& resolved,
                      const JobContext& context) {
  const auto recipe = recipeFromParameters(parsed);
  auto& sample = resolved.sample;
  applySettings(sample, recipe.settings);
  applySettings(sample, spec.settings);
  if (sample.project.empty() && sample.model.empty()) {
    const auto name = recipe.model.empty() ? recipe.modelHash : recipe.model;
    refuse(spec.recipe.string() + " was made by another program" +
               (name.empty() ? std::string() : " with the model \"" + name + "\"") + ". Name the model with --model.",
           spec.recipe);
  }
  resolved.modelHash = recipe.modelHash;
  for (const auto& lora : recipe.loras) {
    sample.prompt += " <lora:" + lora.name + ":" + Json(lora.weight).dump() + ">";
    resolved.recorded.push_back({"lora", lora.name, lora.hash});
  }
  context.notice("foreign_recipe",
                 "The picture was made by another program: its settings are used, but random numbers are drawn "
                 "otherwise here, so the picture will be another.");
  for (const auto& note : recipe.notes) context.warn("not_repeated", note);
  if (!recipe.vae.name.empty() && sample.vae.empty()) {
    context.warn("vae_missing", "It was made with the VAE \"" + recipe.vae.name + "\". Give that file with --vae.");
  }
}

void useRecipe(const Sample& spec, ResolvedSample& resolved, const JobContext& context) {
  const auto texts = readPictureTexts(spec.recipe).value();
  if (const auto own = texts.find("likeness"); own != texts.end()) {
    const auto json = parseJson(own->second);
    if (json.is_object()) return useOwnRecipe(json, spec, resolved, context);
    context.warn("recipe_damaged", spec.recipe.string() + " carries a damaged recipe of ours.");
  }
  if (const auto text = texts.find("parameters"); text != texts.end()) {
    const auto parsed = parseParameters(text->second);
    if (isParameters(parsed)) return useForeignRecipe(parsed, spec, resolved, context);
  }
  const bool comfy = texts.contains("prompt") || texts.contains("workflow");
  refuse(spec.recipe.string() + (comfy ? " carries a graph of ComfyUI, which can't be made into a recipe. Give its "
                                         "prompt and settings by hand; likeness-cli inspect shows them."
                                       : " carries no recipe. Choose a picture that was made here, or by AUTOMATIC1111 "
                                         "or Forge."),
         spec.recipe, comfy ? ErrorCode::Unsupported : ErrorCode::NotFound);
}

bool usesFile(const Sample& sample, const RecordedFile& file) {
  if (file.role == "vae") return sample.vae == file.file;
  if (file.role == "from") return sample.from == file.file;
  if (file.role == "mask") return sample.mask == file.file;
  if (file.role == "init_noise") return sample.initNoise == file.file;
  if (file.role == "embedding") return std::ranges::count(sample.embeddings, file.file) > 0;
  return file.role == "lora" && std::ranges::count(sample.loras, file.file, &LoraChoice::path) > 0;
}

}  // namespace

ResolvedSample resolveSample(const Sample& spec, const JobContext& context) {
  ResolvedSample resolved{spec, {}, {}, {}};
  auto& sample = resolved.sample;
  sample.recipe.clear();
  sample.settings.clear();
  if (spec.recipe.empty()) {
    applySettings(sample, spec.settings);
  } else {
    useRecipe(spec, resolved, context);
  }
  checkSample(sample).value();
  if (sample.grid.empty()) takeLoraTags(sample, context);
  return resolved;
}

void compareFiles(const ResolvedSample& resolved, const fs::path& model, const std::string& identity,
                  const JobContext& context) {
  const auto differs = [&](const std::string& what, const fs::path& file) {
    context.warn("file_changed", "The " + what + " " + file.string() +
                                     " is not the one that the picture was made with, so the picture may differ.");
  };
  if (!resolved.modelHash.empty() && !identity.starts_with(resolved.modelHash)) differs("model", model);
  for (const auto& recorded : resolved.recorded) {
    if (recorded.sha256.empty()) continue;
    if (recorded.role == "model") {
      if (recorded.sha256 != identity) differs("model", model);
    } else if (usesFile(resolved.sample, recorded)) {
      const auto hash = fileHash(recorded.file);
      if (hash.ok() && *hash != recorded.sha256) differs(recorded.role, recorded.file);
    }
  }
}

}  // namespace likeness
