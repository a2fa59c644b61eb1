#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/text/byte_pairs.h"

namespace likeness {

/// A token that is found literally in a text, before words are.
struct AddedToken {
  std::string content;
  std::int64_t id = 0;
  bool normalized = false;  ///< looked for in the normalised text rather than in the text as it was typed
  bool special = false;     ///< left out when ids are decoded
};

struct SpecialTokens {
  std::int64_t start = 0, end = 0, pad = 0, unknown = 0;
  std::size_t maxLength = 77;
  std::vector<AddedToken> added;
};

/// What stands in tokenizer_config.json, special_tokens_map.json and added_tokens.json of a tokenizer folder, as far as
/// they are there: an object by file name, without .json. Where tokenizer.json stands alone, the tokens that it adds
/// stand in tokenizer_config as if that listed them. Errors: Corrupt, naming the file.
[[nodiscard]] Result<Json> readTokenizerFiles(const std::filesystem::path& folder);

/// What such files say. special_tokens_map wins over tokenizer_config, unless the latter lists added_tokens_decoder, as
/// transformers does. Errors: Corrupt, naming `folder`'s vocabulary, when that lacks the start, end or padding token.
[[nodiscard]] Result<SpecialTokens> specialTokens(const Json& files, const BytePairs& vocabulary,
                                                  const std::filesystem::path& folder);

}  // namespace likeness
