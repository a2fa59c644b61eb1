#pragma once
#include <string>
#include <vector>

#include "core/sample/stable_diffusion.h"

namespace likeness {

/// The text conditions of a run's few prompts. While the text encoders learn, each distinct prompt is encoded once a
/// pass, however many samples use it; once they are frozen, once and for all. SDXL's two encoders give the states
/// before their last layer side by side, and the second one's projection. Threads: one.
class TextConditions {
 public:
  TextConditions(const StableDiffusion& model, const std::vector<std::string>& prompts);

  /// For each text encoder [P,L] int64: the prompts' token ids, below 0 where they name a word of the model's
  /// embeddings (see tokenizePrompts()).
  [[nodiscard]] const std::vector<torch::Tensor>& ids() const { return m_ids; }

  /// One condition for each entry of `which` (int64 [B], indices of prompts): hidden [B,L,D], and for SDXL pooled
  /// [B,P]. `learning`: with gradients and computed anew; else remembered. Runs under the caller's autocast.
  [[nodiscard]] EncodedPrompts rows(const torch::Tensor& which, bool learning);

  /// Forgets what was remembered, after a text encoder changed.
  void forget() { m_frozen = {}; }

 private:
  [[nodiscard]] EncodedPrompts encode();

  [[nodiscard]] ClipTextOptions newWords(std::size_t encoder) const;

  std::vector<TextEncoder> m_encoders;
  std::vector<TextualInversion> m_words;
  std::vector<torch::Tensor> m_ids;
  EncodedPrompts m_frozen;
};

}  // namespace likeness
