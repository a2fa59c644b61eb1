#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace likeness {

/// CLIP's byte-pair tokenizer: the ids that transformers' CLIPTokenizer gives, for any valid UTF-8.
/// Cheap to copy: copies share the vocabulary and a cache of words. Threads: any.
/// Invalid UTF-8 is read as if each broken sequence were U+FFFD; refuse it before (checkPrompt in core/text/prompt.h).
/// Source: Radford et al. 2021, "Learning transferable visual models from natural language supervision"; Sennrich et
/// al. 2016, "Neural machine translation of rare words with subword units".
class ClipTokenizer {
 public:
  /// Reads vocab.json and merges.txt, or tokenizer.json where only that is there, and if present
  /// special_tokens_map.json and tokenizer_config.json (the former wins) from `folder`. Errors: NotFound, Corrupt; they name the file.
  [[nodiscard]] static Result<ClipTokenizer> open(const std::filesystem::path& folder);

  /// The same with the vocabulary of `folder` and the other files' content given: an object by file name,
  /// without .json.
  [[nodiscard]] static Result<ClipTokenizer> open(const std::filesystem::path& folder, const Json& files);

  /// The ids of `text`, without start, end and padding; no limit on the length.
  [[nodiscard]] std::vector<std::int64_t> encode(std::string_view text) const;

  /// Start, at most maxLength() − 2 ids of `text`, end, padding: exactly maxLength() ids.
  [[nodiscard]] std::vector<std::int64_t> encodePadded(std::string_view text) const;

  /// encode(text).size().
  [[nodiscard]] std::size_t tokenCount(std::string_view text) const;

  /// True if `word` becomes one id, that of a whole word.
  [[nodiscard]] bool isSingleToken(std::string_view word) const;

  /// The text of these ids, a space after each word; the start, end and padding tokens are left out, unknown ids too.
  [[nodiscard]] std::string decode(std::span<const std::int64_t> ids) const;

  [[nodiscard]] std::int64_t startToken() const;
  [[nodiscard]] std::int64_t endToken() const;
  [[nodiscard]] std::int64_t padToken() const;
  [[nodiscard]] std::size_t maxLength() const;  ///< model_max_length, 77 for every Stable Diffusion
  [[nodiscard]] std::size_t vocabularySize() const;

 private:
  struct Data;
  explicit ClipTokenizer(std::shared_ptr<const Data> data) : m_data(std::move(data)) {}
  std::shared_ptr<const Data> m_data;
};

}  // namespace likeness
