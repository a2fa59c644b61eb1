#include "core/text/special_tokens.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "core/base/json.h"

namespace likeness {
namespace {

constexpr std::size_t kMaxMaxLength = 4096;
constexpr std::array<const char*, 7> kRoles{"bos_token", "eos_token", "unk_token", "sep_token",
                                            "pad_token", "cls_token", "mask_token"};

struct Spelling {
  std::string content;
  std::optional<bool> normalized;  // unset: the file gives the text alone
};

std::optional<Spelling> spellingOf(const Json& value) {
  if (value.is_string()) return Spelling{value.get<std::string>(), std::nullopt};
  if (!value.is_object()) return std::nullopt;
  auto content = jsonOr<std::string>(value, "content", "");
  if (content.empty()) return std::nullopt;
  return Spelling{std::move(content), jsonOr(value, "normalized", false)};
}

Result<Json> readIfThere(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return Json::object();
  return readJsonFile(path);
}

// Collects added tokens; a later one of the same content replaces the flags of an earlier one.
class Collector {
 public:
  explicit Collector(const BytePairs& vocabulary) : m_vocabulary(vocabulary) {}

  void add(const std::string& content, bool normalized, bool special) {
    if (content.empty()) return;
    const auto found = std::find_if(tokens.begin(), tokens.end(), [&](const auto& t) { return t.content == content; });
    if (found != tokens.end()) {
      found->normalized = normalized;
      found->special = found->special || special;
      return;
    }
    const auto known = m_vocabulary.idOf(content);
    const auto id = known >= 0 ? known : static_cast<std::int64_t>(m_vocabulary.size()) + m_new++;
    tokens.push_back({content, id, normalized, special});
  }

  [[nodiscard]] std::optional<bool> normalized(const std::string& content) const {
    const auto found = std::find_if(tokens.begin(), tokens.end(), [&](const auto& t) { return t.content == content; });
    return found == tokens.end() ? std::nullopt : std::optional<bool>(found->normalized);
  }

  std::vector<AddedToken> tokens;

 private:
  const BytePairs& m_vocabulary;
  std::int64_t m_new = 0;
};

// added_tokens_decoder: {"49406": {"content": …}}; added_tokens.json: {"<token>": 49408}. In the order of the ids.
void collectListed(const Json& decoder, const Json& older, Collector& collector) {
  std::map<std::uint64_t, std::pair<Spelling, bool>> byId;
  for (const auto& [id, value] : decoder.items()) {
    const auto spelling = spellingOf(value);
    if (!spelling || id.empty() || id.size() > 9 || id.find_first_not_of("0123456789") != std::string::npos) continue;
    byId[std::stoull(id)] = {*spelling, jsonOr(value, "special", false)};
  }
  for (const auto& [content, id] : older.items()) {
    if (id.is_number_unsigned()) byId[id.get<std::uint64_t>()] = {Spelling{content, true}, false};
  }
  for (const auto& [id, entry] : byId) {
    collector.add(entry.first.content, entry.first.normalized.value_or(!entry.second), entry.second);
  }
}

// added_tokens of tokenizer.json, as tokenizer_config.json lists them.
Json listedTokens(const Json& tokenizer) {
  Json listed = Json::object();
  const auto tokens = tokenizer.find("added_tokens");
  if (tokens == tokenizer.end() || !tokens->is_array()) return listed;
  for (const auto& token : *tokens) {
    if (!token.is_object() || !token.contains("id") || !token["id"].is_number_unsigned()) continue;
    auto& entry = listed[std::to_string(token["id"].get<std::uint64_t>())];
    for (const char* key : {"content", "normalized", "special"}) {
      if (token.contains(key)) entry[key] = token[key];
    }
  }
  return listed;
}

std::size_t maxLengthOf(const Json& config) {
  const auto length = jsonOr(config, "model_max_length", 0.0);
  return length >= 3 && length <= static_cast<double>(kMaxMaxLength) ? static_cast<std::size_t>(length) : 77;
}

}  // namespace

Result<Json> readTokenizerFiles(const std::filesystem::path& folder) {
  Json files = Json::object();
  for (const std::string name : {"tokenizer_config", "special_tokens_map", "added_tokens"}) {
    LK_TRY(files[name], readIfThere(folder / (name + ".json")));
  }
  const auto vocabulary = vocabularyFile(folder);
  auto& config = files["tokenizer_config"];
  if (vocabulary.filename() != "tokenizer.json" || config.contains("added_tokens_decoder")) return files;
  LK_TRY(const auto tokenizer, readJsonFile(vocabulary));
  if (auto listed = listedTokens(tokenizer); !listed.empty()) config["added_tokens_decoder"] = std::move(listed);
  return files;
}

Result<SpecialTokens> specialTokens(const Json& files, const BytePairs& vocabulary,
                                    const std::filesystem::path& folder) {
  const auto part = [&](const char* name) {
    const auto found = files.find(name);
    return found != files.end() && found->is_object() ? *found : Json::object();
  };
  const auto config = part("tokenizer_config"), special = part("special_tokens_map"), older = part("added_tokens");
  const auto decoder = config.find("added_tokens_decoder");
  const bool hasDecoder = decoder != config.end() && decoder->is_object();

  std::map<std::string, Spelling> roles{{"bos_token", {"<|startoftext|>", {}}},
                                        {"eos_token", {"<|endoftext|>", {}}},
                                        {"unk_token", {"<|endoftext|>", {}}},
                                        {"pad_token", {"<|endoftext|>", {}}}};
  for (const auto* role : kRoles) {
    for (const auto* file : {&config, &special}) {
      if (file == &special && hasDecoder) continue;
      const auto found = file->find(role);
      if (found == file->end()) continue;
      if (auto spelling = spellingOf(*found)) roles[role] = std::move(*spelling);
    }
  }

  Collector collector(vocabulary);
  collectListed(hasDecoder ? *decoder : Json::object(), hasDecoder ? Json::object() : older, collector);
  for (const auto* role : kRoles) {
    const auto found = roles.find(role);
    if (found == roles.end()) continue;
    const auto& [content, normalized] = found->second;
    const auto listed = collector.normalized(content);
    const bool fromList = listed && (hasDecoder || !older.empty());
    collector.add(content, fromList ? *listed : normalized.value_or(false), true);
  }

  for (const auto* role : {"bos_token", "eos_token", "pad_token"}) {
    if (vocabulary.idOf(roles[role].content) >= 0) continue;
    const auto path = vocabularyFile(folder);
    return Error{ErrorCode::Corrupt,
                 path.string() + " lacks the " + role + " \"" + roles[role].content +
                     "\". Copy or download the tokenizer folder again.",
                 {},
                 path.string()};
  }
  SpecialTokens tokens;
  tokens.start = vocabulary.idOf(roles["bos_token"].content);
  tokens.end = vocabulary.idOf(roles["eos_token"].content);
  tokens.pad = vocabulary.idOf(roles["pad_token"].content);
  tokens.unknown = std::max<std::int64_t>(0, vocabulary.idOf(roles["unk_token"].content));
  tokens.maxLength = maxLengthOf(config);
  tokens.added = std::move(collector.tokens);
  return tokens;
}

}  // namespace likeness
