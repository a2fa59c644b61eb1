#include "core/text/byte_pairs.h"

#include <limits>
#include <queue>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/text/unicode.h"

namespace likeness {
namespace {

constexpr std::string_view kEndOfWord = "</w>";
constexpr const char* kTokenizerFile = "tokenizer.json";
constexpr std::size_t kMergesLimit = 64u << 20, kVocabularyLimit = 64u << 20;
constexpr std::size_t kCachedWords = 16384, kCachedLength = 64;

// Vocabularies spell bytes as printable characters: a byte that is one stays itself, the others follow from U+0100.
std::array<char32_t, 256> makeByteAlphabet() {
  std::array<char32_t, 256> alphabet{};
  char32_t next = 0x100;
  for (unsigned byte = 0; byte < 256; ++byte) {
    const bool printable = (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
    alphabet[byte] = printable ? byte : next++;
  }
  return alphabet;
}

const std::array<char32_t, 256>& byteAlphabet() {
  static const auto alphabet = makeByteAlphabet();
  return alphabet;
}

const std::unordered_map<char32_t, char>& alphabetBytes() {
  static const auto bytes = [] {
    std::unordered_map<char32_t, char> map;
    for (unsigned byte = 0; byte < 256; ++byte) map[byteAlphabet()[byte]] = static_cast<char>(byte);
    return map;
  }();
  return bytes;
}

Error corrupt(const std::filesystem::path& path, const std::string& what) {
  return {ErrorCode::Corrupt, path.string() + " " + what + ". Copy or download the tokenizer folder again.", {},
          path.string()};
}

// A pair that may be merged; stale ones, whose symbols have changed since, are recognised and dropped.
struct Candidate {
  std::int32_t rank, left, id;
  bool operator<(const Candidate& other) const {
    return rank != other.rank ? rank > other.rank : left > other.left;  // the queue's top is the largest
  }
};

struct Symbol {
  std::int32_t id, previous, next;  // places in the word, −1 at its ends; id −1 once merged away
};

// Reads {"word": number, …} as it is parsed: a tree of half a hundred thousand words takes ten times as long. Stops at
// anything else.
class VocabularyReader : public nlohmann::json_sax<Json> {
 public:
  VocabularyReader(std::unordered_map<std::string, std::int32_t>& ids,
                   std::unordered_map<std::int64_t, std::string>& entries)
      : m_ids(ids), m_entries(entries) {
    m_ids.reserve(kUsualWords);
    m_entries.reserve(kUsualWords);
  }
  bool number_unsigned(number_unsigned_t value) override {
    const bool fits = m_inside && value <= static_cast<number_unsigned_t>(std::numeric_limits<std::int32_t>::max());
    if (!fits || m_ids.size() >= kMostWords) return false;
    if (!m_ids.try_emplace(m_key, static_cast<std::int32_t>(value)).second) return false;
    m_entries[static_cast<std::int64_t>(value)] = m_key;
    return true;
  }
  bool key(string_t& value) override {
    m_key = value;
    return true;
  }
  bool start_object(std::size_t) override { return !std::exchange(m_inside, true); }
  bool end_object() override { return true; }
  bool null() override { return false; }
  bool boolean(bool) override { return false; }
  bool number_integer(number_integer_t) override { return false; }
  bool number_float(number_float_t, const string_t&) override { return false; }
  bool string(string_t&) override { return false; }
  bool binary(binary_t&) override { return false; }
  bool start_array(std::size_t) override { return false; }
  bool end_array() override { return false; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
  static constexpr std::size_t kUsualWords = 50'000, kMostWords = 500'000;
  std::unordered_map<std::string, std::int32_t>& m_ids;
  std::unordered_map<std::int64_t, std::string>& m_entries;
  std::string m_key;
  bool m_inside = false;
};

}  // namespace

std::filesystem::path vocabularyFile(const std::filesystem::path& folder) {
  std::error_code ignored;
  const bool alone = !std::filesystem::exists(folder / "vocab.json", ignored) &&
                     std::filesystem::exists(folder / kTokenizerFile, ignored);
  return folder / (alone ? kTokenizerFile : "vocab.json");
}

BytePairs::BytePairs(BytePairs&& other) noexcept
    : m_ids(std::move(other.m_ids)),
      m_entries(std::move(other.m_entries)),
      m_merges(std::move(other.m_merges)),
      m_nextRank(other.m_nextRank),
      m_inner(other.m_inner),
      m_last(other.m_last) {}

Result<BytePairs> BytePairs::open(const std::filesystem::path& folder) {
  BytePairs pairs;
  const auto file = vocabularyFile(folder);
  if (file.filename() == kTokenizerFile) {
    LK_CHECK(pairs.readTokenizer(file));
  } else {
    LK_CHECK(pairs.readVocabularyFile(file));
    LK_CHECK(pairs.readMerges(folder / "merges.txt"));
  }
  for (std::size_t byte = 0; byte < 256; ++byte) {
    const auto entry = toUtf8({&byteAlphabet()[byte], 1});
    pairs.m_inner[byte] = static_cast<std::int32_t>(pairs.idOf(entry));
    pairs.m_last[byte] = static_cast<std::int32_t>(pairs.idOf(entry + std::string(kEndOfWord)));
  }
  return pairs;
}

Result<void> BytePairs::readTokenizer(const std::filesystem::path& path) {
  LK_TRY(const auto json, readJsonFile(path));
  const auto model = json.find("model");
  const bool clip = model != json.end() && model->is_object() && jsonOr<std::string>(*model, "type", "") == "BPE" &&
                    jsonOr<std::string>(*model, "end_of_word_suffix", "") == kEndOfWord;
  if (!clip) return corrupt(path, "describes another tokenizer than CLIP's");
  const auto vocabulary = model->find("vocab"), merges = model->find("merges");
  if (vocabulary == model->end() || !vocabulary->is_object()) return corrupt(path, "holds no vocabulary");
  LK_CHECK(readVocabulary(*vocabulary, path));
  if (merges == model->end() || !merges->is_array() || merges->empty()) return corrupt(path, "holds no merges");
  for (const auto& merge : *merges) {
    // A pair, or older: both in one text with a space between.
    const bool pair = merge.is_array() && merge.size() == 2 && merge[0].is_string() && merge[1].is_string();
    const auto joined = merge.is_string() ? merge.get<std::string>() : std::string();
    const auto space = joined.find(' ');
    const auto where = "merge " + std::to_string(m_merges.size() + 1);
    if (!pair && space == std::string::npos) return corrupt(path, "has no pair in " + where);
    const bool fits = pair ? addMerge(merge[0].get<std::string>(), merge[1].get<std::string>())
                           : addMerge(joined.substr(0, space), joined.substr(space + 1));
    if (!fits) return corrupt(path, "does not fit its own vocabulary in " + where);
  }
  return {};
}

Result<void> BytePairs::readVocabularyFile(const std::filesystem::path& path) {
  LK_TRY(const auto text, readFile(path, kVocabularyLimit));
  VocabularyReader reader(m_ids, m_entries);
  if (Json::sax_parse(text, &reader) && !m_ids.empty()) return {};
  m_ids.clear();
  m_entries.clear();
  LK_TRY(const auto vocabulary, readJsonFile(path));  // what is wrong with it
  return readVocabulary(vocabulary, path);
}

Result<void> BytePairs::readVocabulary(const Json& vocabulary, const std::filesystem::path& path) {
  m_ids.reserve(vocabulary.size());
  m_entries.reserve(vocabulary.size());
  for (const auto& [entry, value] : vocabulary.items()) {
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > std::numeric_limits<std::int32_t>::max()) {
      return corrupt(path, "gives a word something else than a number");
    }
    m_ids[entry] = value.get<std::int32_t>();
    m_entries[value.get<std::int64_t>()] = entry;
  }
  if (m_ids.empty()) return corrupt(path, "is empty");
  return {};
}

bool BytePairs::addMerge(const std::string& left, const std::string& right) {
  const auto leftId = idOf(left), rightId = idOf(right), id = idOf(left + right);
  if (leftId < 0 || rightId < 0 || id < 0) return false;
  const auto key = (static_cast<std::uint64_t>(leftId) << 32) | static_cast<std::uint64_t>(rightId);
  m_merges[key] = {m_nextRank++, static_cast<std::int32_t>(id)};
  return true;
}

Result<void> BytePairs::readMerges(const std::filesystem::path& path) {
  LK_TRY(const auto content, readFile(path, kMergesLimit));
  std::size_t lineNumber = 0;
  for (std::size_t start = 0; start < content.size();) {
    const auto end = std::min(content.find('\n', start), content.size());
    std::string_view line(content.data() + start, end - start);
    start = end + 1;
    ++lineNumber;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("#version") || line.empty()) continue;
    const auto space = line.find(' ');
    const auto where = "line " + std::to_string(lineNumber);
    if (space == std::string_view::npos) return corrupt(path, "has no pair in " + where);
    if (!addMerge(std::string(line.substr(0, space)), std::string(line.substr(space + 1)))) {
      return corrupt(path, "does not fit vocab.json in " + where);
    }
  }
  if (m_merges.empty()) return corrupt(path, "holds no merges");
  return {};
}

std::int64_t BytePairs::idOf(const std::string& entry) const {
  const auto found = m_ids.find(entry);
  return found == m_ids.end() ? -1 : found->second;
}

std::string BytePairs::bytesOf(std::int64_t id) const {
  const auto found = m_entries.find(id);
  if (found == m_entries.end()) return {};
  std::string bytes;
  for (const auto character : fromUtf8(found->second)) {
    const auto byte = alphabetBytes().find(character);
    if (byte == alphabetBytes().end()) return found->second;  // an entry that isn't spelt in bytes
    bytes += byte->second;
  }
  return bytes;
}

const BytePairs::Merge* BytePairs::find(std::int32_t left, std::int32_t right) const {
  const auto found = m_merges.find((static_cast<std::uint64_t>(left) << 32) | static_cast<std::uint32_t>(right));
  return found == m_merges.end() ? nullptr : &found->second;
}

std::vector<std::int64_t> BytePairs::merged(std::string_view word, std::int64_t unknown) const {
  const auto count = static_cast<std::int32_t>(word.size());
  std::vector<Symbol> symbols(word.size());
  for (std::int32_t i = 0; i < count; ++i) {
    const auto byte = static_cast<unsigned char>(word[static_cast<std::size_t>(i)]);
    const auto id = i + 1 == count ? m_last[byte] : m_inner[byte];
    symbols[static_cast<std::size_t>(i)] = {id < 0 ? static_cast<std::int32_t>(unknown) : id, i - 1,
                                            i + 1 == count ? -1 : i + 1};
  }
  std::priority_queue<Candidate> queue;
  const auto offer = [&](std::int32_t left) {
    if (left < 0 || symbols[static_cast<std::size_t>(left)].next < 0) return;
    const auto& symbol = symbols[static_cast<std::size_t>(left)];
    if (const auto* merge = find(symbol.id, symbols[static_cast<std::size_t>(symbol.next)].id)) {
      queue.push({merge->rank, left, merge->id});
    }
  };
  for (std::int32_t i = 0; i < count; ++i) offer(i);
  while (!queue.empty()) {
    const auto top = queue.top();
    queue.pop();
    auto& left = symbols[static_cast<std::size_t>(top.left)];
    if (left.id < 0 || left.next < 0) continue;
    auto& right = symbols[static_cast<std::size_t>(left.next)];
    const auto* merge = find(left.id, right.id);
    if (merge == nullptr || merge->id != top.id) continue;
    left.id = top.id;
    left.next = right.next;
    right.id = -1;
    if (left.next >= 0) symbols[static_cast<std::size_t>(left.next)].previous = top.left;
    offer(left.previous);
    offer(top.left);
  }
  std::vector<std::int64_t> ids;
  for (const auto& symbol : symbols) {
    if (symbol.id >= 0) ids.push_back(symbol.id);
  }
  return ids;
}

void BytePairs::encodeWord(std::string_view word, std::int64_t unknown, std::vector<std::int64_t>& ids) const {
  if (word.size() > kCachedLength) {
    const auto found = merged(word, unknown);
    ids.insert(ids.end(), found.begin(), found.end());
    return;
  }
  const std::string key(word);
  const std::scoped_lock lock(m_cacheMutex);
  if (m_cache.size() >= kCachedWords) m_cache.clear();
  auto found = m_cache.find(key);
  if (found == m_cache.end()) found = m_cache.emplace(key, merged(word, unknown)).first;
  ids.insert(ids.end(), found->second.begin(), found->second.end());
}

}  // namespace likeness
