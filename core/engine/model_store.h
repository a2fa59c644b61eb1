#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/sample/stable_diffusion.h"

namespace likeness {

/// What a job makes pictures with.
struct ModelChoice {
  std::filesystem::path model;
  std::filesystem::path checkpoint = {};  ///< empty: untrained
  std::filesystem::path vae = {};         ///< in place of the model's own, or empty
};

/// Keeps opened models between jobs: the base as it lies on the disk, and one with a checkpoint's weights on top.
/// A model is opened again when its files changed. Threads: the core thread.
class ModelStore {
 public:
  /// One of base(), trained() or, with a VAE of its own, a model that is not kept.
  [[nodiscard]] Result<StableDiffusion> open(const ModelChoice& choice, JobControl& control);

  /// The model of `folder`, untrained. Not to be trained: take fresh() for that.
  [[nodiscard]] Result<StableDiffusion> base(const std::filesystem::path& folder, JobControl& control);

  /// The model of `folder` with the weights of `checkpoint`.
  [[nodiscard]] Result<StableDiffusion> trained(const std::filesystem::path& folder,
                                                const std::filesystem::path& checkpoint, JobControl& control);

  /// The same for writing: a LoRA of the checkpoint is merged into the weights. It is not kept.
  [[nodiscard]] Result<StableDiffusion> merged(const std::filesystem::path& folder,
                                               const std::filesystem::path& checkpoint, JobControl& control);

  /// A model that nobody else shares; what is kept of trained ones is let go first, to make room.
  [[nodiscard]] Result<StableDiffusion> fresh(const std::filesystem::path& folder, JobControl& control);

 private:
  struct Kept {
    std::string key;
    StableDiffusion model;
  };
  std::optional<Kept> m_base, m_trained;
};

}  // namespace likeness
