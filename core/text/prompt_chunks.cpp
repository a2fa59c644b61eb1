#include "core/text/prompt_chunks.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "core/base/text.h"
#include "core/text/embedding_words.h"
#include "core/text/prompt_errors.h"
#include "core/text/prompt_syntax.h"

namespace likeness {
namespace {

constexpr std::size_t kCommaReach = 20;  // A1111's default for its setting comma_padding_backtrack

Error refused(const std::string& what) { return {ErrorCode::InvalidArgument, what, {}, {}}; }

// Fills chunks one item at a time.
class Chunker {
 public:
  Chunker(const ClipTokenizer& tokenizer, const std::vector<TextualInversion>& embeddings)
      : m_tokenizer(tokenizer), m_embeddings(embeddings), m_room(tokenizer.maxLength() - 2) {
    const auto comma = tokenizer.encode(",");
    if (comma.size() == 1) m_comma = comma.front();
  }

  void add(const PromptItem& item, float weight) {
    if (!item.isEmbedding() && item.id == m_comma) {
      m_lastComma = m_chunk.ids.size();
    } else if (full() && m_lastComma && m_room - *m_lastComma <= kCommaReach) {
      breakAfterComma();
    }
    const auto length =
        item.isEmbedding() ? static_cast<std::size_t>(m_embeddings[item.embedding].count()) : std::size_t{1};
    if (m_chunk.ids.size() + length > m_room) next();
    if (item.isEmbedding()) m_chunk.placed.push_back({m_chunk.ids.size() + 1, item.embedding});
    m_chunk.ids.insert(m_chunk.ids.end(), length, item.id);
    m_chunk.weights.insert(m_chunk.weights.end(), length, weight);
  }

  void next() {
    m_chunk.tokens = m_chunk.ids.size();
    m_chunk.ids.insert(m_chunk.ids.begin(), m_tokenizer.startToken());
    m_chunk.ids.push_back(m_tokenizer.endToken());
    m_chunk.ids.resize(m_room + 2, m_tokenizer.padToken());
    m_chunk.weights.insert(m_chunk.weights.begin(), 1.0f);
    m_chunk.weights.resize(m_room + 2, 1.0f);
    m_chunks.push_back(std::exchange(m_chunk, {}));
    m_lastComma.reset();
  }

  [[nodiscard]] std::vector<PromptChunk> finish() {
    if (!m_chunk.ids.empty() || m_chunks.empty()) next();
    return std::move(m_chunks);
  }

 private:
  [[nodiscard]] bool full() const { return m_chunk.ids.size() == m_room; }

  void breakAfterComma() {
    const auto kept = static_cast<std::ptrdiff_t>(*m_lastComma) + 1;
    PromptChunk moved;
    moved.ids.assign(m_chunk.ids.begin() + kept, m_chunk.ids.end());
    moved.weights.assign(m_chunk.weights.begin() + kept, m_chunk.weights.end());
    m_chunk.ids.resize(static_cast<std::size_t>(kept));
    m_chunk.weights.resize(static_cast<std::size_t>(kept));
    const auto first = std::ranges::find_if(
        m_chunk.placed, [&](const auto& placed) { return static_cast<std::ptrdiff_t>(placed.position) > kept; });
    for (auto placed = first; placed != m_chunk.placed.end(); ++placed) {
      moved.placed.push_back({placed->position - static_cast<std::size_t>(kept), placed->embedding});
    }
    m_chunk.placed.erase(first, m_chunk.placed.end());
    next();
    m_chunk = std::move(moved);
  }

  const ClipTokenizer& m_tokenizer;
  const std::vector<TextualInversion>& m_embeddings;
  std::size_t m_room;
  std::optional<std::int64_t> m_comma;
  std::vector<PromptChunk> m_chunks;
  PromptChunk m_chunk;  // the one being filled, without start and end
  std::optional<std::size_t> m_lastComma;
};

Result<void> checkLength(const std::vector<PromptChunk>& chunks, std::size_t room, std::string_view name) {
  if (chunks.size() <= kMostChunks) return {};
  const auto tokens = std::accumulate(chunks.begin(), chunks.end(), std::size_t{0},
                                      [](std::size_t sum, const auto& chunk) { return sum + chunk.tokens; });
  return refused("The " + std::string(name) + " has " + std::to_string(tokens) + " tokens in " + std::to_string(chunks.size()) +
                 " chunks, and the model reads " + std::to_string(kMostChunks) + " chunks of " + std::to_string(room) +
                 " tokens. Shorten it to the words that matter.");
}

}  // namespace

Result<void> checkPromptText(std::string_view prompt, std::string_view name) {
  const auto called = "The " + std::string(name);
  if (!isValidUtf8(prompt)) return notUtf8(called);
  if (prompt.size() <= kMostPromptBytes) return {};
  return refused(called + " is " + formatBytes(prompt.size()) + " long and the most is " +
                 formatBytes(kMostPromptBytes) + ". Shorten it to the words that matter.");
}

Result<std::vector<PromptChunk>> chunkPrompt(const ClipTokenizer& tokenizer, std::string_view prompt,
                                             const std::vector<TextualInversion>& embeddings, bool syntax,
                                             std::string_view name) {
  LK_CHECK(checkPromptText(prompt, name));
  const EmbeddingWords words(tokenizer, embeddings);
  Chunker chunker(tokenizer, embeddings);
  const auto stretches = syntax ? parsePrompt(prompt) : std::vector<WeightedText>{{std::string(prompt)}};
  for (const auto& stretch : stretches) {
    if (isBreak(stretch)) {
      chunker.next();
      continue;
    }
    if (!(std::abs(stretch.weight) <= kMostWeight)) {
      return refused("The words \"" + shortenedText(stretch.text) + "\" of the " + std::string(name) +
                     " would weigh more than " + std::to_string(static_cast<int>(kMostWeight)) +
                     ". Take some of the brackets around them away.");
    }
    for (const auto& item : words.itemsOf(stretch.text)) chunker.add(item, static_cast<float>(stretch.weight));
  }
  auto chunks = chunker.finish();
  LK_CHECK(checkLength(chunks, tokenizer.maxLength() - 2, name));
  return chunks;
}

PromptChunk emptyChunk(const ClipTokenizer& tokenizer) { return Chunker(tokenizer, {}).finish().front(); }

Result<PromptLength> measurePrompt(const ClipTokenizer& tokenizer, std::string_view prompt,
                                   const std::vector<TextualInversion>& embeddings) {
  LK_TRY(const auto chunks, chunkPrompt(tokenizer, prompt, embeddings));
  PromptLength length{0, chunks.size()};
  for (const auto& chunk : chunks) length.tokens += chunk.tokens;
  return length;
}

}  // namespace likeness
