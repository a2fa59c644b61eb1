#pragma once
#include <string>
#include <vector>

#include "core/sample/stable_diffusion.h"

namespace likeness {

/// The text conditions of a run's few prompts. While the text encoder learns, each distinct prompt is encoded once a
/// pass, however many samples use it; once it is frozen, once and for all. Threads: one.
class TextConditions {
 public:
  TextConditions(const StableDiffusion& model, const std::vector<std::string>& prompts);

  /// [P,L] int64: the prompts' token ids.
  [[nodiscard]] const torch::Tensor& ids() const { return m_ids; }

  /// One condition for each entry of `which` (int64 [B], indices of prompts): [B,L,D]. `learning`: with gradients and
  /// computed anew; else remembered. Runs under the caller's autocast.
  [[nodiscard]] torch::Tensor rows(const torch::Tensor& which, bool learning);

  /// Forgets what was remembered, after the text encoder changed.
  void forget() { m_frozen.reset(); }

 private:
  ClipTextModel m_encoder;
  torch::Tensor m_ids, m_frozen;
};

}  // namespace likeness
