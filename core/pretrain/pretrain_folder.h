#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "core/base/file_lock.h"
#include "core/base/result.h"
#include "core/pretrain/pretrain_config.h"
#include "core/weights/safetensors.h"

namespace likeness {

/// Where a pretraining's files lie: run.json (what it is), metrics.jsonl and TensorBoard's files, samples/, checkpoints/,
/// latents/, vae/ once the VAE has learnt, and model/ when all is done.
class PretrainFolder {
 public:
  /// Begins in a new or empty folder, or with `resume` goes on with one; holds its lock while it lives.
  /// Errors: InvalidArgument when a run has begun there and `resume` is not asked for, or the file's settings are no
  /// longer those that it began with (naming them), or another program works there; NotFound for nothing to resume.
  [[nodiscard]] static Result<PretrainFolder> open(const PretrainConfig& config, bool resume);

  [[nodiscard]] std::filesystem::path model() const { return m_folder / "model"; }
  [[nodiscard]] std::filesystem::path vae() const { return m_folder / "vae"; }
  [[nodiscard]] std::filesystem::path latents(std::int64_t size) const;
  [[nodiscard]] std::filesystem::path sample(const std::string& stage, std::int64_t step) const;
  [[nodiscard]] const std::filesystem::path& root() const { return m_folder; }

  struct Checkpoint {
    std::int64_t step = 0;  ///< of both stages together
    int threads = 0;        ///< intra-op threads; bits are the same for the same number only
    std::filesystem::path weights;
  };
  /// The newest whole one.
  [[nodiscard]] std::optional<Checkpoint> newest() const;
  /// Writes checkpoints/step-N whole or not at all, then deletes all but the newest `keep`.
  [[nodiscard]] Result<void> save(std::int64_t step, const NamedTensors& state, std::int64_t keep) const;

 private:
  PretrainFolder(std::filesystem::path folder, FileLock lock) : m_folder(std::move(folder)), m_lock(std::move(lock)) {}
  [[nodiscard]] std::vector<Checkpoint> checkpoints() const;  // oldest first

  std::filesystem::path m_folder;
  FileLock m_lock;
};

}  // namespace likeness
