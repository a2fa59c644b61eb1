#pragma once
#include <filesystem>
#include <string>

#include "core/engine/tokenizer_cache.h"

namespace likeness {

/// A sentence where an identifier token isn't one token of the model's tokenizer; empty where it is, and where the model
/// can't be read, which others say. Threads: any.
[[nodiscard]] std::string tokenAdvice(TokenizerCache& tokenizers, const std::filesystem::path& model,
                                      const std::string& token);

}  // namespace likeness
