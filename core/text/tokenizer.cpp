#include "core/text/tokenizer.h"

#include <algorithm>

#include "core/text/byte_pairs.h"
#include "core/text/special_tokens.h"
#include "core/text/unicode.h"

namespace likeness {
namespace {

constexpr std::string_view kWordEnd = "</w>";

struct Literal {
  std::u32string content;
  std::int64_t id = 0;
};

// Where one of the literals begins at or after `from`, the longest one there; its end is in `end`.
const Literal* findLiteral(std::u32string_view text, const std::vector<Literal>& literals, std::size_t from,
                           std::size_t& at) {
  for (at = from; at < text.size(); ++at) {
    const Literal* longest = nullptr;
    for (const auto& literal : literals) {
      const bool longer = longest == nullptr || literal.content.size() > longest->content.size();
      if (longer && text.substr(at).starts_with(literal.content)) longest = &literal;
    }
    if (longest != nullptr) return longest;
  }
  return nullptr;
}

// Calls `piece` for the text between literals and `found` for each literal, from left to right.
template <typename Piece, typename Found>
void splitByLiterals(std::u32string_view text, const std::vector<Literal>& literals, Piece piece, Found found) {
  std::size_t from = 0;
  while (!literals.empty()) {
    std::size_t at = 0;
    const auto* literal = findLiteral(text, literals, from, at);
    if (literal == nullptr) break;
    if (at > from) piece(text.substr(from, at - from));
    found(literal->id);
    from = at + literal->content.size();
  }
  if (from < text.size()) piece(text.substr(from));
}

// How many characters the next word at the start of `text` has, by CLIP's pattern; 0 if a space is there.
std::size_t wordLength(std::u32string_view text) {
  static constexpr std::u32string_view kContractions[] = {U"'s", U"'t", U"'re", U"'ve", U"'m", U"'ll", U"'d"};
  if (text[0] == U'\'') {
    for (const auto contraction : kContractions) {
      if (text.starts_with(contraction)) return contraction.size();
    }
  }
  const auto wanted = characterClass(text[0]);
  if (wanted == CharacterClass::Space) return 0;
  if (wanted == CharacterClass::Number) return 1;
  std::size_t length = 1;
  while (length < text.size() && characterClass(text[length]) == wanted) ++length;
  return length;
}

// The words of a normalised text. The start and end tokens are words of the pattern too, but the byte-level step that
// follows cuts them into "<|", the name and "|>"; what comes after is not joined to the "|>".
template <typename Word>
void forEachWord(std::u32string_view text, Word word) {
  static constexpr std::u32string_view kNames[] = {U"startoftext", U"endoftext"};
  while (!text.empty()) {
    std::size_t length = 0;
    for (const auto name : kNames) {
      if (!text.starts_with(U"<|") || !text.substr(2).starts_with(name) ||
          !text.substr(2 + name.size()).starts_with(U"|>")) {
        continue;
      }
      word(text.substr(0, 2));
      word(text.substr(2, name.size()));
      word(text.substr(2 + name.size(), 2));
      length = name.size() + 4;
    }
    if (length == 0) {
      length = wordLength(text);
      if (length > 0) word(text.substr(0, length));
    }
    text.remove_prefix(std::max<std::size_t>(1, length));
  }
}

}  // namespace

struct ClipTokenizer::Data {
  BytePairs pairs;
  SpecialTokens special;
  std::vector<Literal> typed, normalized;  // added tokens looked for before and after normalisation
};

Result<ClipTokenizer> ClipTokenizer::open(const std::filesystem::path& folder) {
  LK_TRY(const auto files, readTokenizerFiles(folder));
  return open(folder, files);
}

Result<ClipTokenizer> ClipTokenizer::open(const std::filesystem::path& folder, const Json& files) {
  LK_TRY(auto pairs, BytePairs::open(folder));
  LK_TRY(auto special, specialTokens(files, pairs, folder));
  auto data = std::make_shared<Data>(Data{std::move(pairs), std::move(special), {}, {}});
  for (const auto& token : data->special.added) {
    const auto content = fromUtf8(token.content);
    if (token.normalized) {
      data->normalized.push_back({normalizeText(content), token.id});
    } else {
      data->typed.push_back({content, token.id});
    }
  }
  return ClipTokenizer(std::move(data));
}

std::vector<std::int64_t> ClipTokenizer::encode(std::string_view text) const {
  std::vector<std::int64_t> ids;
  const auto literal = [&](std::int64_t id) { ids.push_back(id); };
  const auto word = [&](std::u32string_view characters) {
    m_data->pairs.encodeWord(toUtf8(characters), m_data->special.unknown, ids);
  };
  const auto words = [&](std::u32string_view piece) { forEachWord(piece, word); };
  const auto typed = [&](std::u32string_view piece) {
    splitByLiterals(normalizeText(piece), m_data->normalized, words, literal);
  };
  splitByLiterals(fromUtf8(text), m_data->typed, typed, literal);
  return ids;
}

std::vector<std::int64_t> ClipTokenizer::encodePadded(std::string_view text) const {
  auto ids = encode(text);
  ids.resize(std::min(ids.size(), maxLength() - 2));
  ids.insert(ids.begin(), startToken());
  ids.push_back(endToken());
  ids.resize(maxLength(), padToken());
  return ids;
}

std::size_t ClipTokenizer::tokenCount(std::string_view text) const { return encode(text).size(); }

bool ClipTokenizer::isSingleToken(std::string_view word) const {
  const auto ids = encode(word);
  return ids.size() == 1 && m_data->pairs.bytesOf(ids[0]).ends_with(kWordEnd);
}

std::string ClipTokenizer::decode(std::span<const std::int64_t> ids) const {
  std::string bytes;
  for (const auto id : ids) {
    const auto& added = m_data->special.added;
    const auto found = std::find_if(added.begin(), added.end(), [&](const auto& token) { return token.id == id; });
    if (found == added.end()) {
      bytes += m_data->pairs.bytesOf(id);
    } else if (!found->special) {
      bytes += found->content;
    }
  }
  const auto text = toUtf8(fromUtf8(bytes));  // ids cut inside a character leave U+FFFD
  std::string spaced;
  for (std::string_view rest = text; !rest.empty();) {
    const auto word = rest.substr(0, rest.find(kWordEnd));
    spaced.append(word);
    rest.remove_prefix(word.size());
    if (rest.empty()) break;
    spaced.push_back(' ');
    rest.remove_prefix(kWordEnd.size());
  }
  const auto first = spaced.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return spaced.substr(first, spaced.find_last_not_of(' ') - first + 1);
}

std::int64_t ClipTokenizer::startToken() const { return m_data->special.start; }
std::int64_t ClipTokenizer::endToken() const { return m_data->special.end; }
std::int64_t ClipTokenizer::padToken() const { return m_data->special.pad; }
std::size_t ClipTokenizer::maxLength() const { return m_data->special.maxLength; }
std::size_t ClipTokenizer::vocabularySize() const { return m_data->pairs.size(); }

}  // namespace likeness
