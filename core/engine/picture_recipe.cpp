#include "core/engine/picture_recipe.h"

#include "core/base/file_hash.h"
#include "core/data/byte_file.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kModelHash = 10, kFileHash = 12;  // characters, as AUTOMATIC1111 shortens them

std::string hashOf(const fs::path& file, std::uint64_t offset = 0) {
  const auto hash = fileHash(file, offset);
  return hash.ok() ? *hash : std::string();
}

// AUTOMATIC1111's hash of a LoRA leaves a safetensors header out, where programs keep changing metadata.
std::string shortLoraHash(const fs::path& file) {
  std::uint64_t offset = 0;
  if (file.extension() == ".safetensors") {
    ByteFile bytes(file);
    offset = 8 + littleEndian(bytes.read(0, 8), 0, 8);
    if (offset > bytes.size()) offset = 0;
  }
  return hashOf(file, offset).substr(0, kFileHash);
}

std::vector<RecordedFile> filesOf(const PictureOrigin& origin) {
  const auto& sample = origin.sample;
  std::vector<RecordedFile> files = {{"model", origin.model, origin.modelIdentity}};
  const auto add = [&](const char* role, const fs::path& file) {
    if (!file.empty()) files.push_back({role, file, hashOf(file)});
  };
  for (const auto& lora : sample.loras) add("lora", lora.path);
  for (const auto& embedding : sample.embeddings) add("embedding", embedding);
  add("vae", sample.vae);
  add("from", sample.from);
  add("mask", sample.mask);
  add("init_noise", sample.initNoise);
  return files;
}

std::string modelName(const PictureOrigin& origin) {
  auto name = fs::is_directory(origin.model) ? origin.model.filename().string() : origin.model.stem().string();
  if (origin.checkpoint) {
    const auto run = origin.checkpoint->folder.parent_path().parent_path().filename().string();
    name += " + " + run + " step " + std::to_string(origin.checkpoint->step);
  }
  return name;
}

void describe(const PictureOrigin& origin, PictureRecipe& recipe) {
  const auto& sample = origin.sample;
  recipe.prompt = origin.resolvedPrompt;
  recipe.negative = origin.resolvedNegative;
  recipe.sampler = sample.sampler;
  recipe.schedule = sample.schedule;
  recipe.steps = sample.steps;
  recipe.guidance = sample.guidance;
  recipe.seed = origin.seed;
  recipe.width = sample.width;
  recipe.height = sample.height;
  recipe.model = modelName(origin);
  recipe.modelHash = origin.modelIdentity.substr(0, kModelHash);
  recipe.clipSkip = sample.clipSkip;
  recipe.hiresScale = sample.hiresScale;
  recipe.hiresSteps = sample.hiresSteps;
  recipe.hiresUpscale = sample.hiresUpscale;
  if (sample.hiresScale > 1) recipe.strength = sample.hiresStrength;
  if (!sample.from.empty()) recipe.strength = sample.strength;
  if (!sample.mask.empty()) recipe.maskBlur = sample.maskBlur;
  for (const auto& lora : sample.loras) {
    recipe.loras.push_back({lora.path.stem().string(), shortLoraHash(lora.path), lora.weight});
  }
  for (const auto& embedding : sample.embeddings) {
    recipe.embeddings.push_back({embedding.stem().string(), hashOf(embedding).substr(0, kFileHash), 1.0});
  }
  if (!sample.vae.empty()) {
    recipe.vae = {sample.vae.filename().string(), hashOf(sample.vae).substr(0, kModelHash), 1.0};
  }
}

}  // namespace

PictureRecipe pictureRecipe(const PictureOrigin& origin) {
  PictureRecipe recipe;
  describe(origin, recipe);
  auto one = origin.sample;
  one.seed = origin.seed;
  one.batch = origin.batch;
  one.grid.clear();
  if (origin.checkpoint) {
    one.weights = WhichWeights::Step;
    one.checkpointStep = origin.checkpoint->step;
    one.checkpoint = origin.checkpoint->folder;
  } else {
    one.weights = WhichWeights::Base;
  }
  recipe.full = recipeJson(one, {origin.project, origin.model, origin.tokens.front(), filesOf(origin),
                                 {origin.tokens.begin() + 1, origin.tokens.end()}});
  recipe.full["resolved_prompt"] = recipe.prompt;
  recipe.full["model_identity"] = origin.modelIdentity;
  recipe.full["width"] = origin.width;
  recipe.full["height"] = origin.height;
  return recipe;
}

std::string nameOfPrompt(const std::string& prompt) {
  constexpr std::size_t kLongest = 48;
  std::string name;
  for (const char c : prompt) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain) {
      name += c;
    } else if (!name.empty() && name.back() != '-') {
      name += '-';
    }
    if (name.size() >= kLongest) break;
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name.empty() ? "picture" : name;
}

}  // namespace likeness
