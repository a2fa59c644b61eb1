#pragma once
#include "core/pretrain/latent_store.h"
#include "core/pretrain/picture_store.h"
#include "core/pretrain/teachers.h"

namespace likeness {

/// The batches of both stages. Randomness: functions of (seed, the stage's step, item) alone, so that nothing of them
/// must be saved. Threads: one.
class VaeBatches {
 public:
  VaeBatches(const PretrainConfig& config, const AutoencoderKlConfig& vae, PictureStore& own, PictureStore* extra)
      : m_seed(config.seed), m_stage(config.vaeStage), m_vae(vae), m_own(own), m_extra(extra) {}
  /// Each sample is any of the pictures, or by extraShare of the extra ones; see randomSquare().
  [[nodiscard]] VaeBatch at(std::int64_t step);

 private:
  std::uint64_t m_seed;
  VaeStage m_stage;
  AutoencoderKlConfig m_vae;
  PictureStore& m_own;
  PictureStore* m_extra;
};

class UNetBatches {
 public:
  /// `ids`: [N,L] int64 of each picture's caption; `emptyIds`: [L].
  UNetBatches(const PretrainConfig& config, std::int64_t timesteps, torch::Tensor ids, torch::Tensor emptyIds);
  /// Sample n of the stage is picture π_e(n mod N), π_e the permutation of epoch e = n div N; timesteps are stratified
  /// over the batch (see drawTimestep()); captions are dropped by captionDropout.
  [[nodiscard]] LatentBatch at(std::int64_t step, const LatentStore& latents);

 private:
  [[nodiscard]] std::int64_t pictureOf(std::int64_t sample);

  std::uint64_t m_seed;
  UNetStage m_stage;
  TrainConfig m_drawing;
  std::int64_t m_timesteps;
  torch::Tensor m_ids, m_emptyIds;
  std::int64_t m_epoch = -1;
  std::vector<std::int64_t> m_order;  ///< of m_epoch
};

}  // namespace likeness
