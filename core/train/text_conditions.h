#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/sample/stable_diffusion.h"

namespace likeness {

/// Which of a run's prompts a pass encodes while the text encoders learn.
enum class PromptUse {
  All,       ///< each, however many samples use it: a subject's and its class's
  Used,      ///< those of the pass at hand: several subjects, captions
  Shuffled,  ///< as Used, and captions' tags stand in any order, so that a pass has prompts of its own
};

/// The text conditions of a run's prompts. While the text encoders learn, each distinct prompt is encoded once a pass,
/// however many samples use it; once they are frozen, once and for all (but for shuffled captions, of which there are
/// too many to keep). SDXL's two encoders give the states before their last layer side by side, and the second one's
/// projection. Threads: one.
class TextConditions {
 public:
  /// `parts`: with shuffled captions, every text that the passes' prompts are put together of.
  TextConditions(const StableDiffusion& model, const std::vector<std::string>& prompts, PromptUse use = PromptUse::All,
                 const std::vector<std::string>& parts = {});

  [[nodiscard]] PromptUse use() const { return m_use; }

  [[nodiscard]] const std::string& prompt(std::int64_t index) const {
    return m_prompts[static_cast<std::size_t>(index)];
  }

  /// For each text encoder [P,L] int64: the prompts' token ids, below 0 where they name a word of the model's
  /// embeddings (see tokenizePrompts()).
  [[nodiscard]] const std::vector<torch::Tensor>& ids() const { return m_ids; }

  /// For each text encoder: every token id that training may read, of the parts too, however long they are together.
  /// Shape: that of ids(), or [N].
  [[nodiscard]] const std::vector<torch::Tensor>& readIds() const { return m_readIds; }

  /// For each text encoder [P,L] int64: the token ids of a pass's own prompts.
  [[nodiscard]] std::vector<torch::Tensor> tokenized(const std::vector<std::string>& prompts) const;

  /// How many prompts a pass that uses `which` encodes while the text encoders learn.
  [[nodiscard]] std::int64_t encodedAtOnce(const torch::Tensor& which) const;

  /// One condition for each entry of `which` (int64 [B], indices of prompts): hidden [B,L,D], and for SDXL pooled
  /// [B,P]. `learning`: with gradients and computed anew; else remembered. Runs under the caller's autocast.
  [[nodiscard]] EncodedPrompts rows(const torch::Tensor& which, bool learning);

  /// The same of a pass's own prompts, given by tokenized(); `which` counts in them. Nothing is remembered.
  [[nodiscard]] EncodedPrompts rowsOf(const std::vector<torch::Tensor>& ids, const torch::Tensor& which, bool learning);

  /// Looks in this folder first where the encoders' answer is remembered, and keeps it there. For encoders that are those
  /// of the model's files, which `identity` stands for, and have no new words; empty folder: in memory only.
  void keepIn(const std::filesystem::path& folder, std::string identity);

  /// True if no encoder is needed any more, unless it learns.
  [[nodiscard]] bool isRemembered() const { return m_frozen.hidden.defined(); }

  /// Forgets what was remembered, after a text encoder changed.
  void forget() { m_frozen = {}; }

 private:
  [[nodiscard]] EncodedPrompts encode(const std::vector<torch::Tensor>& ids);
  [[nodiscard]] EncodedPrompts encodeInParts();
  [[nodiscard]] EncodedPrompts encodeOnce();
  [[nodiscard]] std::string cacheKey() const;

  [[nodiscard]] ClipTextOptions newWords(std::size_t encoder) const;

  std::vector<TextEncoder> m_encoders;
  std::vector<std::string> m_prompts;
  PromptUse m_use;
  std::vector<TextualInversion> m_words;
  std::vector<torch::Tensor> m_ids, m_readIds;
  EncodedPrompts m_frozen;
  std::filesystem::path m_folder;
  std::string m_identity;
};

}  // namespace likeness
