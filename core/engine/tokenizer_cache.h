#pragma once
#include <filesystem>
#include <memory>
#include <mutex>

#include "core/base/result.h"
#include "core/text/tokenizer.h"

namespace likeness {

/// The tokenizer of the model that prompts were measured for last: reading one takes longer than typing a letter.
/// Threads: any.
class TokenizerCache {
 public:
  /// Errors: those of checkModel().
  [[nodiscard]] Result<std::shared_ptr<const ClipTokenizer>> tokenizerOf(const std::filesystem::path& model);

 private:
  std::mutex m_mutex;
  std::filesystem::path m_model;
  std::shared_ptr<const ClipTokenizer> m_tokenizer;
};

}  // namespace likeness
