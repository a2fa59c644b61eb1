#pragma once
#include "core/api/train_config.h"
#include "core/sample/stable_diffusion.h"
#include "core/train/adamw.h"
#include "core/train/embedding_rows.h"

namespace likeness {

/// The weights that a run changes (UNet and, unless frozen, text encoder) with their gradients and optimizers. While it
/// lives, they ask for gradients; afterwards no parameter of the model does. Threads: one.
class TrainedWeights {
 public:
  /// `ids`: the token ids that training reads. Moves the trained weights into memory of their own, convolutions in
  /// channels-last order, so that nothing hangs on a mapped file and both a fresh and a resumed run compute alike.
  TrainedWeights(StableDiffusion& model, const TrainConfig& config, const torch::Tensor& ids);
  ~TrainedWeights();
  TrainedWeights(const TrainedWeights&) = delete;
  TrainedWeights& operator=(const TrainedWeights&) = delete;

  [[nodiscard]] bool textEncoderLearns() const { return m_textEncoderLearns; }
  /// From here on only the UNet is trained.
  void freezeTextEncoder();

  /// Call after each backward pass.
  void takeGradients() {
    if (m_textEncoderLearns) m_tokens.takeGradient();
  }
  [[nodiscard]] std::vector<torch::Tensor> gradients() const;
  void clearGradients();

  /// One update; `step` counts from 1.
  void step(std::int64_t step, double learningRate, double textEncoderLearningRate);

  /// Makes every weight current. Call before anything but training reads them.
  void settle() { m_tokens.catchUp(); }

  [[nodiscard]] NamedTensors optimizerState() const;
  [[nodiscard]] Result<void> loadOptimizerState(const SafetensorsFile& file);

 private:
  StableDiffusion m_model;  // shares the modules
  bool m_textEncoderLearns;
  AdamW m_unet, m_textEncoder;
  EmbeddingRows m_tokens;
};

}  // namespace likeness
