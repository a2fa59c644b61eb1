#include "core/engine/model_store.h"

#include <system_error>

#include "core/engine/base_model.h"
#include "core/train/checkpoint.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

// What a checkpoint's files are, as far as their times say.
std::string stampOf(const fs::path& checkpoint) {
  std::error_code ignored;
  const auto time = fs::last_write_time(checkpoint / "state.json", ignored);
  return checkpoint.string() + "@" + std::to_string(time.time_since_epoch().count());
}

Result<StableDiffusion> openModel(const fs::path& model, const fs::path& vae, JobControl& control) {
  return openStableDiffusion(model, &control, {.vae = vae, .findVocabulary = findVocabulary});
}

}  // namespace

Result<StableDiffusion> ModelStore::open(const ModelChoice& choice, JobControl& control) {
  if (choice.vae.empty()) {
    return choice.checkpoint.empty() ? base(choice.model, control) : trained(choice.model, choice.checkpoint, control);
  }
  m_trained.reset();
  LK_TRY(auto model, openModel(choice.model, choice.vae, control));
  if (!choice.checkpoint.empty()) LK_CHECK(loadTrainedWeights(model, choice.checkpoint));
  return model;
}

Result<StableDiffusion> ModelStore::base(const fs::path& folder, JobControl& control) {
  LK_TRY(const auto identity, modelIdentity(folder));
  const auto key = folder.string() + "@" + identity;
  if (m_base && m_base->key == key) return m_base->model;
  m_base.reset();
  LK_TRY(auto model, openModel(folder, {}, control));
  m_base.emplace(Kept{key, model});
  return model;
}

Result<StableDiffusion> ModelStore::trained(const fs::path& folder, const fs::path& checkpoint, JobControl& control) {
  LK_TRY(const auto identity, modelIdentity(folder));
  const auto key = folder.string() + "@" + identity + "+" + stampOf(checkpoint);
  if (m_trained && m_trained->key == key) return m_trained->model;
  LK_TRY(auto model, fresh(folder, control));
  LK_CHECK(loadTrainedWeights(model, checkpoint));
  m_trained.emplace(Kept{key, model});
  return model;
}

Result<StableDiffusion> ModelStore::merged(const fs::path& folder, const fs::path& checkpoint, JobControl& control) {
  LK_TRY(auto model, fresh(folder, control));
  LK_CHECK(loadTrainedWeights(model, checkpoint, LoraMode::Merged));
  return model;
}

Result<StableDiffusion> ModelStore::fresh(const fs::path& folder, JobControl& control) {
  m_trained.reset();
  return openModel(folder, {}, control);
}

}  // namespace likeness
