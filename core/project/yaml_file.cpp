#include "core/project/yaml_file.h"

#include <yaml-cpp/eventhandler.h>

#include <set>
#include <sstream>

#include "core/api/options.h"
#include "core/base/atomic_file.h"
#include "core/base/text.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMaxDepth = 32;
constexpr std::size_t kMaxNodes = 200'000;

Error corrupt(const fs::path& file, const std::string& what, const YAML::Mark& mark = YAML::Mark::null_mark()) {
  const auto where = mark.is_null() ? std::string() : " (line " + std::to_string(mark.line + 1) + ")";
  return {ErrorCode::Corrupt,
          file.string() + " is damaged: " + what + where + ". Correct it or put back a good copy.",
          {},
          file.string()};
}

// Looks at the events of a document before any node is made of them.
class Guard : public YAML::EventHandler {
 public:
  explicit Guard(const fs::path& file) : m_file(file) {}
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t anchor) override { count(anchor); }
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override { refuse("anchors and aliases"); }
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t anchor, const std::string&) override {
    count(anchor);
  }
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    enter(anchor);
  }
  void OnSequenceEnd() override { --m_depth; }
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    enter(anchor);
  }
  void OnMapEnd() override { --m_depth; }
  void OnAnchor(const YAML::Mark&, const std::string&) override { refuse("anchors and aliases"); }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw ErrorException({ErrorCode::Unsupported,
                          m_file.string() + " uses " + what + ", which Likeness does not read. Write the values out.",
                          {},
                          m_file.string()});
  }
  void count(YAML::anchor_t anchor) {
    if (anchor != 0) refuse("anchors and aliases");
    if (++m_nodes > kMaxNodes) refuse("too many values");
  }
  void enter(YAML::anchor_t anchor) {
    count(anchor);
    if (++m_depth > kMaxDepth) refuse("too deep a nesting");
  }

  const fs::path& m_file;
  std::size_t m_depth = 0, m_nodes = 0;
};

Result<void> checkDoubleKeys(const YAML::Node& node, const fs::path& file) {
  if (node.IsMap()) {
    std::set<std::string> keys;
    for (const auto& entry : node) {
      if (!entry.first.IsScalar()) return corrupt(file, "a key is not a word", entry.first.Mark());
      if (!keys.insert(entry.first.Scalar()).second) {
        return corrupt(file, "\"" + entry.first.Scalar() + "\" stands there twice", entry.first.Mark());
      }
      LK_CHECK(checkDoubleKeys(entry.second, file));
    }
  } else if (node.IsSequence()) {
    for (const auto& entry : node) LK_CHECK(checkDoubleKeys(entry, file));
  }
  return {};
}

}  // namespace

Result<YAML::Node> parseYamlMapping(const std::string& text, const fs::path& file) {
  if (text.size() > kMaxYamlBytes) {
    return Error{
        ErrorCode::Unsupported,
        file.string() + " is larger than 4 MB, too large for what it should be. Check that it is the right file.",
        {},
        file.string()};
  }
  if (!isValidUtf8(text)) return corrupt(file, "it is not text in UTF-8");
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    Guard guard(file);
    if (!parser.HandleNextDocument(guard)) return corrupt(file, "it is empty");
    if (parser.HandleNextDocument(guard)) return corrupt(file, "it holds more than one document");
    auto node = YAML::Load(text);
    if (!node.IsMap()) return corrupt(file, "it is not a list of names and values");
    LK_CHECK(checkDoubleKeys(node, file));
    return node;
  } catch (const ErrorException& failure) {
    return failure.error();
  } catch (const YAML::Exception& failure) {
    return corrupt(file, failure.msg, failure.mark);
  }
}

Result<YAML::Node> readYamlMapping(const fs::path& file) {
  LK_TRY(const auto text, readFile(file, kMaxYamlBytes));
  return parseYamlMapping(text, file);
}

Result<std::vector<std::pair<std::string, std::string>>> trainOptionsOf(const YAML::Node& mapping,
                                                                        const fs::path& file) {
  std::vector<std::pair<std::string, std::string>> options;
  for (const auto& entry : mapping) {
    const auto& value = entry.second;
    std::string text;
    if (value.IsSequence()) {
      for (const auto& item : value) {
        if (!item.IsScalar()) return corrupt(file, entry.first.Scalar() + " is not a list of texts", item.Mark());
        text += (text.empty() ? "" : "; ") + item.Scalar();
      }
    } else if (value.IsScalar()) {
      text = value.Scalar();
    } else if (!value.IsNull()) {
      return corrupt(file, entry.first.Scalar() + " is not a single value", value.Mark());
    }
    options.emplace_back(entry.first.Scalar(), text);
  }
  return options;
}

Result<std::vector<std::pair<std::string, std::string>>> readTrainOptions(const fs::path& file) {
  LK_TRY(const auto root, readYamlMapping(file));
  const auto nested = root["training"];
  LK_TRY(auto options, trainOptionsOf(nested && nested.IsMap() ? nested : root, file));
  TrainConfig scratch;
  LK_CHECK(applyTrainOptions(scratch, options, file));
  return options;
}

Result<void> applyTrainOptions(TrainConfig& config, const std::vector<std::pair<std::string, std::string>>& options,
                               const fs::path& file) {
  for (const auto& [name, value] : options) {
    if (auto set = setTrainOption(config, name, value); !set.ok()) {
      auto error = set.error();
      if (!file.empty()) {
        error.message = "In " + file.string() + ": " + error.message;
        error.path = file.string();
      }
      return error;
    }
  }
  return {};
}

void emitTrainOptions(YAML::Emitter& out, const TrainConfig& config) {
  out << YAML::BeginMap;
  for (const auto& option : trainOptions()) {
    out << YAML::Key << option.name << YAML::Value;
    if (option.name == "preview_prompts") {
      out << config.previewPrompts;
    } else {
      out << option.get(config);
    }
  }
  out << YAML::EndMap;
}

std::string trainOptionsYaml(const TrainConfig& config) {
  YAML::Emitter out;
  emitTrainOptions(out, config);
  return std::string(out.c_str()) + "\n";
}

}  // namespace likeness
