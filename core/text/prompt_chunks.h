#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/text/tokenizer.h"
#include "core/weights/textual_inversion.h"

namespace likeness {

/// One pass of a text encoder: start, up to 75 tokens of a prompt, end, padding.
struct PromptChunk {
  struct Placed {
    std::size_t position = 0;   ///< of its first vector, counted from the start token
    std::size_t embedding = 0;  ///< index of the embedding
  };
  std::vector<std::int64_t> ids;  ///< the tokenizer's maxLength(); 0 where an embedding's vectors go
  std::vector<float> weights;     ///< one an id; 1 for start, end and padding
  std::vector<Placed> placed;
  std::size_t tokens = 0;  ///< between start and end
};

/// What a prompt takes.
struct PromptLength {
  std::size_t tokens = 0;  ///< without start, end and padding
  std::size_t chunks = 1;
};

constexpr std::size_t kMostChunks = 40;  ///< of one prompt
constexpr std::size_t kMostPromptBytes = 64 * 1024;
constexpr double kMostWeight = 1000;  ///< of one word, either sign

/// Checks what can be said of a prompt before it is taken apart: that it is UTF-8 and no longer than kMostPromptBytes.
/// Errors: InvalidArgument, in which `name` ("negative prompt") says which one it is.
[[nodiscard]] Result<void> checkPromptText(std::string_view prompt, std::string_view name = "prompt");

/// Lays a prompt out in chunks as AUTOMATIC1111 does: each stretch of parsePrompt() is tokenized by itself; a full
/// chunk ends after its last comma, if that is among its last 20 tokens, and the words behind it move to the next
/// chunk; BREAK ends a chunk at once; an embedding stands for its name's tokens and is never split. Without `syntax`,
/// the prompt is plain words. Padding is the tokenizer's. At least one chunk. Threads: any. Errors: InvalidArgument for
/// what checkPromptText() refuses, more chunks than kMostChunks, or a weight beyond kMostWeight. Differs from A1111:
/// because an embedding moves along when the comma rule moves its words, instead of staying behind, and a name such as
/// <cat-toy> is found as typed, whatever stands beside it, as diffusers does.
[[nodiscard]] Result<std::vector<PromptChunk>> chunkPrompt(const ClipTokenizer& tokenizer, std::string_view prompt,
                                                           const std::vector<TextualInversion>& embeddings = {},
                                                           bool syntax = true, std::string_view name = "prompt");

/// The chunk of an empty prompt, which also fills up a shorter prompt beside a longer one.
[[nodiscard]] PromptChunk emptyChunk(const ClipTokenizer& tokenizer);

/// Checks a prompt before it is sampled: what chunkPrompt() makes of it, and its errors.
[[nodiscard]] Result<PromptLength> measurePrompt(const ClipTokenizer& tokenizer, std::string_view prompt,
                                                 const std::vector<TextualInversion>& embeddings = {});

}  // namespace likeness
