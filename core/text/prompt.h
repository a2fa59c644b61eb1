#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/tensor/torch.h"
#include "core/text/tokenizer.h"
#include "core/weights/textual_inversion.h"

namespace likeness {

class ClipTextModel;
class ClipTextModelImpl;

/// `prompt` with every [V], [v], [V1] or [v1] replaced by the first identifier token, [V2] by the second, and so on. A
/// mark that has no token stays as it is, see checkSubjectMarks().
[[nodiscard]] std::string resolvePrompt(std::string_view prompt, const std::vector<std::string>& identifierTokens);
[[nodiscard]] std::string resolvePrompt(std::string_view prompt, std::string_view identifierToken);

/// InvalidArgument, naming it, for a mark of a subject that isn't there, as [V3] of two.
[[nodiscard]] Result<void> checkSubjectMarks(std::string_view prompt, std::size_t subjects);

/// What a prompt is to the model.
struct CheckedPrompt {
  std::size_t tokens = 0;  ///< without start and end
  std::string warning;     ///< empty, or a sentence that says what will be cut off
};

/// Checks a prompt that is trained on: plain words, of which the model reads one chunk. Empty is allowed; too long is a
/// warning. What is sampled may be longer: see measurePrompt() in core/text/prompt_chunks.h.
/// Errors: InvalidArgument if it is not UTF-8.
[[nodiscard]] Result<CheckedPrompt> checkPrompt(const ClipTokenizer& tokenizer, std::string_view prompt);

/// Padded ids, one row a prompt. Shape [B, L] int64 on the CPU. Where a prompt names one of `embeddings`, the ids are
/// below 0 and count the vectors of all of them together: −1 is the first one's first, see ClipTextOptions::newRows.
[[nodiscard]] torch::Tensor tokenizePrompts(const ClipTokenizer& tokenizer, const std::vector<std::string>& prompts,
                                            const std::vector<TextualInversion>& embeddings = {});

/// The text encoder's last hidden states for prompts of plain words, cut off after one chunk, as training uses them
/// (see encodeForSampling() in core/text/encode_prompts.h for those that people write): shape [B, L, D], on the model's
/// device and in its dtype. Gradients follow the caller's grad mode. Threads: the model's.
[[nodiscard]] torch::Tensor encodePrompts(ClipTextModel& model, const ClipTokenizer& tokenizer,
                                          const std::vector<std::string>& prompts);

/// Identifier tokens to suggest: three- and four-letter words without a common meaning that this vocabulary holds as
/// one token each, the usual "sks" first.
[[nodiscard]] std::vector<std::string> rareTokens(const ClipTokenizer& tokenizer);

/// Checks an identifier token: InvalidArgument if it is empty, not UTF-8 or has white space; the value is a sentence
/// that advises another when the word is split into several tokens, else empty.
[[nodiscard]] Result<std::string> checkIdentifierToken(const ClipTokenizer& tokenizer, std::string_view word);

}  // namespace likeness
