#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/model/clip_text_model.h"
#include "core/model/vision_transformer.h"
#include "core/sample/score_preprocessing.h"
#include "core/text/tokenizer.h"

namespace likeness {

/// A CLIP or DINO that says how alike pictures are, and CLIP how well one shows what a text says. Fp32 on the CPU.
/// Threads: one at a time.
class ScoreModel {
 public:
  /// Opens a folder as transformers writes it (config.json and weights; preprocessor_config.json and the tokenizer if
  /// they are there), or a file of weights with config.json beside it.
  /// Errors: NotFound, Corrupt, Unsupported, each naming the file and the next step.
  [[nodiscard]] static Result<ScoreModel> open(const std::filesystem::path& path);

  [[nodiscard]] bool readsText() const { return static_cast<bool>(m_text); }
  /// "clip_i" or "dino".
  [[nodiscard]] const char* pictureScore() const;

  /// Of each picture, a row of length 1. Shape: [N,P], fp32, CPU. No gradients.
  [[nodiscard]] torch::Tensor pictures(std::span<const Image> images) const;

  /// The same of pixels [N,3,H,W] as the preprocessing makes them.
  [[nodiscard]] torch::Tensor picturesOf(const torch::Tensor& pixels) const;

  /// Of each text, a row of length 1, [N,P]. `usual` reads it where the model brings no tokenizer; longer texts than
  /// the model takes are cut. Throws c10::Error for a model that doesn't read text.
  [[nodiscard]] torch::Tensor texts(const std::vector<std::string>& texts, const ClipTokenizer& usual) const;

  /// The same of ids [N,L].
  [[nodiscard]] torch::Tensor textsOf(const torch::Tensor& ids) const;

  /// Gives back the memory of its file until it is used again.
  void rest() const;

 private:
  VisionTransformer m_vision{nullptr};
  ClipTextModel m_text{nullptr};
  ScorePreprocessing m_steps;
  std::optional<ClipTokenizer> m_tokenizer;
};

}  // namespace likeness
