#include "core/text/embedding_words.h"

#include <algorithm>

namespace likeness {
namespace {

char lower(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

bool isPunctuation(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte > 0x20 && byte < 0x7F && !(byte >= '0' && byte <= '9') &&
         !(lower(character) >= 'a' && lower(character) <= 'z');
}

bool matchesAt(std::string_view text, std::size_t at, const std::string& name) {
  return text.size() - at >= name.size() &&
         std::equal(name.begin(), name.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char wanted, char typed) { return wanted == lower(typed); });
}

}  // namespace

EmbeddingWords::EmbeddingWords(const ClipTokenizer& tokenizer, const std::vector<TextualInversion>& embeddings)
    : m_tokenizer(tokenizer) {
  for (std::size_t i = 0; i < embeddings.size(); ++i) {
    for (auto name : embeddings[i].names) {
      auto ids = tokenizer.encode(name);
      if (ids.empty()) continue;
      if (isPunctuation(name.front()) && isPunctuation(name.back())) {
        std::ranges::transform(name, name.begin(), lower);
        m_typed.push_back({std::move(name), i});
      } else {
        m_tokens.push_back({std::move(ids), i});
      }
    }
  }
  std::ranges::stable_sort(m_typed, std::greater{}, [](const Typed& word) { return word.name.size(); });
  std::ranges::stable_sort(m_tokens, std::greater{}, [](const Tokens& word) { return word.ids.size(); });
}

std::vector<PromptItem> EmbeddingWords::itemsOf(std::string_view text) const {
  std::vector<PromptItem> items;
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto found = std::ranges::find_if(m_typed, [&](const Typed& word) { return matchesAt(text, at, word.name); });
    if (found == m_typed.end()) {
      ++at;
      continue;
    }
    appendWords(text.substr(from, at - from), items);
    items.push_back({0, found->embedding});
    at += found->name.size();
    from = at;
  }
  appendWords(text.substr(from), items);
  return items;
}

void EmbeddingWords::appendWords(std::string_view text, std::vector<PromptItem>& items) const {
  const auto ids = m_tokenizer.encode(text);
  for (auto at = ids.begin(); at != ids.end();) {
    const auto found = std::ranges::find_if(m_tokens, [&](const Tokens& word) {
      return ids.end() - at >= std::ssize(word.ids) && std::equal(word.ids.begin(), word.ids.end(), at);
    });
    if (found == m_tokens.end()) {
      items.push_back({*at++});
    } else {
      items.push_back({0, found->embedding});
      at += std::ssize(found->ids);
    }
  }
}

}  // namespace likeness
