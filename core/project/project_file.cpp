#include "core/project/project_file.h"

#include <algorithm>
#include <charconv>
#include <functional>

#include "core/base/text.h"
#include "core/project/file_fields.h"
#include "core/project/project_subjects.h"
#include "core/project/yaml_file.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

const std::vector<std::string>& knownKeys() {
  static const std::vector<std::string> keys = {"version", "class",    "token",      "model", "photos",
                                                "removed", "training", "own_priors", "page",  "weight",
                                                "repeats", "subjects"};
  return keys;
}

// Changes the tree of an older version into that of the next, one entry a version: kMigrations[v - 1] takes v to v + 1.
using Migration = std::function<Result<void>(YAML::Node& root)>;
const std::vector<Migration>& migrations() {
  static const std::vector<Migration> all = {
      [](YAML::Node&) { return Result<void>(); },  // 2 has more lines, and none that 1 has means anything else
  };
  return all;
}

Result<void> migrate(YAML::Node& root, const fs::path& path) {
  const auto node = root["version"];
  int version = 0;
  const auto text = node && node.IsScalar() ? node.Scalar() : std::string();
  const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (failure != std::errc() || rest != text.data() + text.size() || version < 1) {
    return damagedProject(path, "it has no version number");
  }
  if (version > kProjectVersion) {
    return Error{ErrorCode::NewerVersion,
                 path.string() + " was made by a newer version of Likeness (format " + std::to_string(version) +
                     ", this one reads up to " + std::to_string(kProjectVersion) + "). Update Likeness to open it.",
                 {},
                 path.string()};
  }
  for (; version < kProjectVersion; ++version) LK_CHECK(migrations().at(static_cast<std::size_t>(version - 1))(root));
  return {};
}

void keepUnknown(const YAML::Node& root, const fs::path& path, ProjectFile& project) {
  for (const auto& entry : root) {
    const auto& key = entry.first.Scalar();
    if (std::find(knownKeys().begin(), knownKeys().end(), key) != knownKeys().end()) continue;
    project.unknown.emplace_back(key, YAML::Dump(entry.second));
    const auto nearest = nearestWord(key, knownKeys());
    project.warnings.push_back(path.string() + " has a line \"" + key +
                               "\" that Likeness does not know; it is kept as it is." +
                               (nearest.empty() ? "" : " Did you mean " + nearest + "?"));
  }
}

Result<void> checkWord(const std::string& word, const std::string& what, bool spaces) {
  const auto bad = [&](const std::string& why) { return Error{ErrorCode::InvalidArgument, "The " + what + " " + why}; };
  if (word.find_first_not_of(" \t") == std::string::npos)
    return bad("is empty. Give one, for example " + std::string(spaces ? "dog." : "sks."));
  if (!isValidUtf8(word)) return bad("is not valid UTF-8 text. Type it again.");
  if (word.size() > 100) return bad("is too long. Give one or two words.");
  for (const unsigned char c : word) {
    if (c < 0x20 || c == 0x7f || (c == ' ' && !spaces)) {
      return bad(std::string("\"") + word + "\" has " + (c == ' ' ? "a space" : "control characters") +
                 " in it. Give " + (spaces ? "plain words." : "one word, for example sks."));
    }
  }
  return {};
}

}  // namespace

bool isPlainFileName(const std::string& name) {
  return !name.empty() && name.size() <= 255 && name.front() != '.' && isValidUtf8(name) &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) { return c != '/' && c != '\\' && c >= 0x20; });
}

Result<void> checkClassNoun(const std::string& noun) { return checkWord(noun, "class noun", true); }
Result<void> checkToken(const std::string& token) { return checkWord(token, "identifier token", false); }

Result<ProjectFile> parseProjectFile(const std::string& text, const fs::path& path) {
  LK_TRY(auto root, parseYamlMapping(text, path));
  LK_CHECK(migrate(root, path));
  ProjectFile project;
  LK_TRY(project.classNoun, textOf(root, "class", path));
  LK_TRY(project.token, textOf(root, "token", path));
  LK_TRY(project.model, textOf(root, "model", path));
  LK_TRY(project.ownPriors, textOf(root, "own_priors", path));
  LK_TRY(project.page, textOf(root, "page", path));
  if (project.token.empty()) project.token = ProjectFile().token;
  if (auto noun = checkClassNoun(project.classNoun); !noun.ok())
    return damagedProject(path, "class is missing or can't be used");
  if (auto token = checkToken(project.token); !token.ok()) return damagedProject(path, "token can't be used");
  LK_TRY(project.photos, photosOf(root, "photos", path));
  LK_TRY(project.removed, photosOf(root, "removed", path));
  LK_CHECK(readSubjects(root, path, project));
  if (const auto training = root["training"]; training && !training.IsNull()) {
    if (!training.IsMap()) return damagedProject(path, "training is not a list of names and values");
    LK_TRY(const auto options, trainOptionsOf(training, path));
    LK_CHECK(applyTrainOptions(project.train, options, path));
  }
  keepUnknown(root, path, project);
  return project;
}

std::string formatProjectFile(const ProjectFile& project) {
  YAML::Emitter out;
  const bool plain = project.furtherSubjects.empty() && project.weight == 1 && project.repeats == 1;
  out << YAML::BeginMap << YAML::Key << "version" << YAML::Value << (plain ? 1 : kProjectVersion);
  const auto text = [&](const char* key, const std::string& value) { out << YAML::Key << key << YAML::Value << value; };
  text("class", project.classNoun);
  text("token", project.token);
  text("model", project.model.string());
  emitPhotos(out, "photos", project.photos);
  if (!project.removed.empty()) emitPhotos(out, "removed", project.removed);
  emitSubjects(out, project);
  out << YAML::Key << "training" << YAML::Value;
  emitTrainOptions(out, project.train);
  text("own_priors", project.ownPriors.string());
  text("page", project.page);
  for (const auto& [key, value] : project.unknown) out << YAML::Key << key << YAML::Value << YAML::Load(value);
  out << YAML::EndMap;
  return "# A project of Likeness. \"likeness-cli train --help\" explains the training options.\n" +
         std::string(out.c_str()) + "\n";
}

}  // namespace likeness
