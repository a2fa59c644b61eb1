#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/tokenizer.h"
#include "core/weights/textual_inversion.h"

namespace likeness {

/// One thing in a row of tokens: a token, or an embedding in place of the tokens of its name.
struct PromptItem {
  std::int64_t id = 0;
  std::size_t embedding = kNone;
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  [[nodiscard]] bool isEmbedding() const { return embedding != kNone; }
};

/// Finds embeddings by their names in prompts, the longest name first.
/// A name in punctuation such as <cat-toy> is found wherever it is typed, in upper or lower case; another one where the
/// tokens are those of the name, hence as whole words, or as the end of one that the vocabulary splits there.
class EmbeddingWords {
 public:
  EmbeddingWords(const ClipTokenizer& tokenizer, const std::vector<TextualInversion>& embeddings);

  /// The tokens of `text` with the embeddings in it.
  [[nodiscard]] std::vector<PromptItem> itemsOf(std::string_view text) const;

 private:
  struct Typed {
    std::string name;  // ASCII lower case
    std::size_t embedding;
  };
  struct Tokens {
    std::vector<std::int64_t> ids;
    std::size_t embedding;
  };
  void appendWords(std::string_view text, std::vector<PromptItem>& items) const;

  ClipTokenizer m_tokenizer;
  std::vector<Typed> m_typed;
  std::vector<Tokens> m_tokens;
};

}  // namespace likeness
