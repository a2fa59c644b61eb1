#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace likeness {

/// The file of a tokenizer folder that holds the vocabulary: vocab.json, or tokenizer.json where only that is there.
[[nodiscard]] std::filesystem::path vocabularyFile(const std::filesystem::path& folder);

/// The byte-pair model: words to ids. Threads: any (a small cache of words is guarded).
/// Source: Sennrich et al. 2016, "Neural machine translation of rare words with subword units", on bytes as in GPT-2.
class BytePairs {
 public:
  /// Reads vocab.json and merges.txt of `folder`, or tokenizer.json where that stands alone, as transformers 5 saves
  /// it. Errors: NotFound, Corrupt; they name the file.
  [[nodiscard]] static Result<BytePairs> open(const std::filesystem::path& folder);
  BytePairs(BytePairs&& other) noexcept;

  /// Appends the ids of one word, given as UTF-8; `unknown` stands for a byte that the vocabulary lacks.
  /// Time: n log n in the word's length.
  void encodeWord(std::string_view word, std::int64_t unknown, std::vector<std::int64_t>& ids) const;

  /// The id of a vocabulary entry as it is spelt in vocab.json, or −1.
  [[nodiscard]] std::int64_t idOf(const std::string& entry) const;

  /// The bytes of an id, "</w>" at the end of a word; empty if there is no such id.
  [[nodiscard]] std::string bytesOf(std::int64_t id) const;

  [[nodiscard]] std::size_t size() const { return m_ids.size(); }

 private:
  struct Merge {
    std::int32_t rank = 0;
    std::int32_t id = 0;
  };
  BytePairs() = default;
  [[nodiscard]] Result<void> readTokenizer(const std::filesystem::path& path);
  [[nodiscard]] Result<void> readVocabularyFile(const std::filesystem::path& path);
  [[nodiscard]] Result<void> readVocabulary(const Json& vocabulary, const std::filesystem::path& path);
  [[nodiscard]] Result<void> readMerges(const std::filesystem::path& path);
  /// Adds the next merge in rank; false if the vocabulary lacks a part of it.
  [[nodiscard]] bool addMerge(const std::string& left, const std::string& right);
  [[nodiscard]] const Merge* find(std::int32_t left, std::int32_t right) const;
  [[nodiscard]] std::vector<std::int64_t> merged(std::string_view word, std::int64_t unknown) const;

  std::unordered_map<std::string, std::int32_t> m_ids;
  std::unordered_map<std::int64_t, std::string> m_entries;
  std::unordered_map<std::uint64_t, Merge> m_merges;  // by (left id, right id)
  std::int32_t m_nextRank = 0;
  std::array<std::int32_t, 256> m_inner{}, m_last{};  // ids of a byte inside and at the end of a word, −1 for none
  mutable std::mutex m_cacheMutex;
  mutable std::unordered_map<std::string, std::vector<std::int64_t>> m_cache;
};

}  // namespace likeness
