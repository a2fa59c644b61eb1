#include "core/text/prompt.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include "core/base/text.h"
#include "core/model/clip_text_model.h"
#include "core/text/embedding_words.h"
#include "core/text/prompt_errors.h"

namespace likeness {
namespace {

// Short words that mean next to nothing in CLIP's training data; those that a vocabulary splits are left out.
constexpr std::array kRareWords{"sks", "ohwx", "nmwx", "nlwx", "kprc", "shma", "olis", "phol", "uzzi", "cees"};

// A mark that stands for a subject, at the beginning of a text: length 0 if there is none.
struct SubjectMark {
  std::size_t length = 0, subject = 1;
};

SubjectMark markAt(std::string_view text) {
  if (!text.starts_with("[V") && !text.starts_with("[v")) return {};
  const auto end = text.substr(0, 6).find(']');
  if (end == std::string_view::npos) return {};
  if (end == 2) return {3, 1};
  SubjectMark mark{end + 1, 0};
  const auto [rest, failure] = std::from_chars(text.data() + 2, text.data() + end, mark.subject);
  if (failure != std::errc() || rest != text.data() + end || mark.subject == 0) return {};
  return mark;
}

Error badIdentifier(const std::string& problem) {
  return {ErrorCode::InvalidArgument, "The identifier token " + problem + ". Choose a short rare word such as sks."};
}

// As ClipTokenizer::encodePadded(), with an embedding in place of the tokens of its name.
torch::Tensor tokenizeWithEmbeddings(const ClipTokenizer& tokenizer, const std::vector<std::string>& prompts,
                                     const std::vector<TextualInversion>& embeddings) {
  std::vector<std::int64_t> firstIds;
  std::int64_t next = -1;
  for (const auto& embedding : embeddings) {
    firstIds.push_back(next);
    next -= embedding.count();
  }
  const EmbeddingWords words(tokenizer, embeddings);
  const auto length = tokenizer.maxLength();
  auto ids = torch::empty({std::ssize(prompts), static_cast<std::int64_t>(length)}, torch::kInt64);
  auto* to = ids.mutable_data_ptr<std::int64_t>();
  for (const auto& prompt : prompts) {
    std::vector<std::int64_t> row;
    for (const auto& item : words.itemsOf(prompt)) {
      const auto count = item.isEmbedding() ? embeddings[item.embedding].count() : std::int64_t{1};
      for (std::int64_t i = 0; i < count; ++i) {
        row.push_back(item.isEmbedding() ? firstIds[item.embedding] - i : item.id);
      }
    }
    row.resize(std::min(row.size(), length - 2));
    row.insert(row.begin(), tokenizer.startToken());
    row.push_back(tokenizer.endToken());
    row.resize(length, tokenizer.padToken());
    to = std::ranges::copy(row, to).out;
  }
  return ids;
}

}  // namespace

std::string resolvePrompt(std::string_view prompt, const std::vector<std::string>& identifierTokens) {
  std::string resolved;
  while (!prompt.empty()) {
    const auto mark = markAt(prompt);
    if (mark.length > 0 && mark.subject <= identifierTokens.size()) {
      resolved += identifierTokens[mark.subject - 1];
      prompt.remove_prefix(mark.length);
    } else {
      resolved += prompt.front();
      prompt.remove_prefix(1);
    }
  }
  return resolved;
}

std::string resolvePrompt(std::string_view prompt, std::string_view identifierToken) {
  return resolvePrompt(prompt, std::vector{std::string(identifierToken)});
}

Result<void> checkSubjectMarks(std::string_view prompt, std::size_t subjects) {
  for (; !prompt.empty(); prompt.remove_prefix(1)) {
    const auto mark = markAt(prompt);
    if (mark.length == 0 || mark.subject <= subjects) continue;
    return Error{ErrorCode::InvalidArgument,
                 "The prompt names " + std::string(prompt.substr(0, mark.length)) + ", but there " +
                     (subjects == 1 ? "is one subject" : "are " + std::to_string(subjects) + " subjects") +
                     ". Use [V] for the first, [V2] for the second."};
  }
  return {};
}

Result<CheckedPrompt> checkPrompt(const ClipTokenizer& tokenizer, std::string_view prompt) {
  if (!isValidUtf8(prompt)) return notUtf8("The prompt");
  const auto ids = tokenizer.encode(prompt);
  const auto limit = tokenizer.maxLength() - 2;
  CheckedPrompt checked{ids.size(), {}};
  if (ids.size() > limit) {
    checked.warning = "The prompt has " + std::to_string(ids.size()) + " tokens and the model reads only " +
                      std::to_string(limit) + ". This was cut off: \"" +
                      shortenedText(tokenizer.decode(std::span(ids).subspan(limit))) + "\".";
  }
  return checked;
}

torch::Tensor tokenizePrompts(const ClipTokenizer& tokenizer, const std::vector<std::string>& prompts,
                              const std::vector<TextualInversion>& embeddings) {
  if (!embeddings.empty()) return tokenizeWithEmbeddings(tokenizer, prompts, embeddings);
  const auto length = static_cast<std::int64_t>(tokenizer.maxLength());
  auto ids = torch::empty({static_cast<std::int64_t>(prompts.size()), length}, torch::kInt64);
  auto* row = ids.mutable_data_ptr<std::int64_t>();
  for (const auto& prompt : prompts) row = std::ranges::copy(tokenizer.encodePadded(prompt), row).out;
  return ids;
}

torch::Tensor encodePrompts(ClipTextModel& model, const ClipTokenizer& tokenizer,
                            const std::vector<std::string>& prompts) {
  const auto ids = tokenizePrompts(tokenizer, prompts).to(model->parameters().front().device());
  return model->forward(ids).lastHiddenState;
}

std::vector<std::string> rareTokens(const ClipTokenizer& tokenizer) {
  std::vector<std::string> words(kRareWords.begin(), kRareWords.end());
  std::erase_if(words, [&](const std::string& word) { return !tokenizer.isSingleToken(word); });
  return words;
}

Result<std::string> checkIdentifierToken(const ClipTokenizer& tokenizer, std::string_view word) {
  if (!isValidUtf8(word)) return notUtf8("The identifier token");
  const bool spaced = std::ranges::any_of(word, [](unsigned char c) { return c <= 0x20 || c == 0x7F; });
  const char* problem = word.empty() ? "is empty" : "holds white space or control characters";
  if (word.empty() || spaced || tokenizer.encode(word).empty()) return badIdentifier(problem);
  if (tokenizer.isSingleToken(word)) return std::string();
  const auto others = rareTokens(tokenizer);
  const auto advice = others.empty() ? "" : " A rare word of one token, such as " + others.front() + ", learns faster.";
  return "\"" + shortenedText(word) + "\" is split into " + std::to_string(tokenizer.tokenCount(word)) + " tokens." +
         advice;
}

}  // namespace likeness
