#pragma once
#include "core/api/train_config.h"
#include "core/sample/stable_diffusion.h"
#include "core/train/embedding_rows.h"
#include "core/train/optimizer.h"

namespace likeness {

/// The weights that a run changes (UNet and, unless frozen, text encoders) with their gradients and optimizers. While
/// it lives, they ask for gradients; afterwards no parameter of the model does. Of SDXL's first text encoder the last
/// layer stays as it is, since nothing reads it. Threads: one.
class TrainedWeights {
 public:
  /// `ids`: for each text encoder the token ids that training reads. Moves the trained weights into memory of their
  /// own, convolutions in channels-last order, so that nothing hangs on a mapped file and both a fresh and a resumed
  /// run compute alike.
  TrainedWeights(StableDiffusion& model, const TrainConfig& config, const std::vector<torch::Tensor>& ids);
  ~TrainedWeights();
  TrainedWeights(const TrainedWeights&) = delete;
  TrainedWeights& operator=(const TrainedWeights&) = delete;

  [[nodiscard]] bool textEncoderLearns() const { return !m_text.empty(); }
  /// From here on only the UNet is trained.
  void freezeTextEncoder();

  /// Call after each backward pass.
  void takeGradients() {
    for (auto& text : m_text) text.tokens.takeGradient();
  }
  [[nodiscard]] std::vector<torch::Tensor> gradients() const;
  void clearGradients();

  /// One update; `step` counts from 1.
  void step(std::int64_t step, double learningRate, double textEncoderLearningRate);

  /// What the optimizers multiply their learning rates by, see Optimizer::rateScale().
  [[nodiscard]] double rateScale() const { return m_unet->rateScale(); }
  [[nodiscard]] double textRateScale() const { return m_text.empty() ? 1.0 : m_text.front().optimizer->rateScale(); }

  /// All that learns, named as in a checkpoint with unet., text_encoder. or text_encoder_2. before; of a token
  /// embedding the rows that are used, and which these are.
  [[nodiscard]] NamedTensors parameters() const;
  [[nodiscard]] NamedTensors embeddingRows() const;
  /// Call after parameters() were changed by another than step().
  void publish() {
    for (auto& text : m_text) text.tokens.publish();
  }

  /// Makes every weight current. Call before anything but training reads them.
  void settle() {
    for (auto& text : m_text) text.tokens.catchUp();
  }

  [[nodiscard]] NamedTensors optimizerState() const;
  [[nodiscard]] Result<void> loadOptimizerState(const SafetensorsFile& file);

 private:
  // A text encoder that learns.
  struct Text {
    ClipTextModel encoder;
    std::string prefix;  // of its names in a checkpoint
    std::unique_ptr<Optimizer> optimizer;  // of all its parameters; the tokens' rows come last
    EmbeddingRows tokens;
  };
  void learnText(ClipTextModel encoder, std::string prefix, const torch::Tensor& ids, const TrainConfig& config);

  StableDiffusion m_model;  // shares the modules
  std::unique_ptr<Optimizer> m_unet;
  std::vector<Text> m_text;
};

}  // namespace likeness
