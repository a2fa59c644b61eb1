#include "core/project/project_subjects.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "core/base/text.h"
#include "core/project/file_fields.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

const std::vector<std::string>& subjectKeys() {
  static const std::vector<std::string> keys = {"class",  "token",  "weight",    "repeats",
                                                "folder", "photos", "own_priors"};
  return keys;
}

Error invalid(std::string sentence) { return {ErrorCode::InvalidArgument, std::move(sentence)}; }

std::string lowered(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
  return text;
}

Result<std::pair<double, std::int64_t>> balanceOf(const YAML::Node& node, const fs::path& path) {
  LK_TRY(const auto weight, numberIn(node, "weight", "subject", 1, {kLeastSubjectWeight, kMostSubjectWeight}, path));
  LK_TRY(const auto repeats, numberIn(node, "repeats", "subject", 1, {1, double(kMostSubjectRepeats)}, path));
  if (repeats != static_cast<double>(static_cast<std::int64_t>(repeats)))
    return damagedProject(path, "repeats of a subject is not a whole number");
  return std::pair{weight, static_cast<std::int64_t>(repeats)};
}

Result<ProjectSubject> subjectOf(const YAML::Node& node, const fs::path& path) {
  if (!node.IsMap()) return damagedProject(path, "a subject is not a list of names and values");
  for (const auto& entry : node) {
    const auto& key = entry.first.Scalar();
    if (std::ranges::count(subjectKeys(), key) > 0) continue;
    const auto nearest = nearestWord(key, subjectKeys());
    return damagedProject(path, "a subject has a line \"" + key + "\" that Likeness does not know" +
                                    (nearest.empty() ? "" : "; did you mean " + nearest + "?"));
  }
  ProjectSubject subject;
  LK_TRY(subject.classNoun, textOf(node, "class", path));
  LK_TRY(subject.token, textOf(node, "token", path));
  LK_TRY(subject.folder, textOf(node, "folder", path));
  LK_TRY(subject.ownPriors, textOf(node, "own_priors", path));
  if (!checkClassNoun(subject.classNoun).ok()) return damagedProject(path, "class of a subject can't be used");
  if (!checkToken(subject.token).ok()) return damagedProject(path, "token of a subject can't be used");
  if (!isPlainFileName(subject.folder)) {
    return Error{ErrorCode::InvalidArgument,
                 path.string() + " names the folder \"" + subject.folder +
                     "\" of a subject, which is not a plain name. It lies in the project's subjects folder; correct "
                     "the line.",
                 {},
                 path.string()};
  }
  LK_TRY(std::tie(subject.weight, subject.repeats), balanceOf(node, path));
  LK_TRY(subject.photos, photosOf(node, "photos", path));
  return subject;
}

void emitBalance(YAML::Emitter& out, double weight, std::int64_t repeats) {
  if (weight != 1) emitNumber(out, "weight", weight);
  if (repeats != 1) emitNumber(out, "repeats", static_cast<double>(repeats));
}

}  // namespace

std::vector<ProjectSubject> allSubjects(const ProjectFile& project) {
  std::vector<ProjectSubject> subjects{{project.classNoun, project.token, project.weight, project.repeats, {},
                                        project.photos, project.ownPriors}};
  subjects.insert(subjects.end(), project.furtherSubjects.begin(), project.furtherSubjects.end());
  return subjects;
}

std::vector<std::string> subjectTokens(const ProjectFile& project) {
  std::vector<std::string> tokens;
  for (const auto& subject : allSubjects(project)) tokens.push_back(subject.token);
  return tokens;
}

std::string subjectWords(const ProjectFile& project) {
  std::string words;
  for (const auto& subject : allSubjects(project)) {
    words += (words.empty() ? "" : " and ") + subject.token + " " + subject.classNoun;
  }
  return words;
}

Result<void> checkSubjects(const ProjectFile& project) {
  std::set<std::string> tokens, folders;
  for (const auto& subject : allSubjects(project)) {
    if (!tokens.insert(lowered(subject.token)).second) {
      return invalid("The token \"" + subject.token + "\" names two subjects. Give each a word of its own.");
    }
    if (!folders.insert(subject.folder).second) {
      return invalid("Two subjects have their photos in the folder \"" + subject.folder + "\". Give each its own.");
    }
    if (!(subject.weight >= kLeastSubjectWeight && subject.weight <= kMostSubjectWeight)) {
      return invalid("The weight of a subject must be a number from 0.001 to 1000.");
    }
    if (subject.repeats < 1 || subject.repeats > kMostSubjectRepeats) {
      return invalid("The repeats of a subject must be a whole number from 1 to 1000.");
    }
  }
  return {};
}

Result<void> readSubjects(const YAML::Node& root, const fs::path& path, ProjectFile& project) {
  LK_TRY(std::tie(project.weight, project.repeats), balanceOf(root, path));
  const auto list = root["subjects"];
  if (!list || list.IsNull()) return {};
  if (!list.IsSequence()) return damagedProject(path, "subjects is not a list");
  for (const auto& entry : list) {
    LK_TRY(auto subject, subjectOf(entry, path));
    project.furtherSubjects.push_back(std::move(subject));
  }
  if (const auto checked = checkSubjects(project); !checked.ok()) {
    auto error = checked.error();
    error.message = "In " + path.string() + ": " + error.message;
    error.path = path.string();
    return error;
  }
  return {};
}

void emitSubjects(YAML::Emitter& out, const ProjectFile& project) {
  emitBalance(out, project.weight, project.repeats);
  if (project.furtherSubjects.empty()) return;
  out << YAML::Key << "subjects" << YAML::Value << YAML::BeginSeq;
  for (const auto& subject : project.furtherSubjects) {
    out << YAML::BeginMap << YAML::Key << "class" << YAML::Value << subject.classNoun << YAML::Key << "token"
        << YAML::Value << subject.token;
    emitBalance(out, subject.weight, subject.repeats);
    out << YAML::Key << "folder" << YAML::Value << subject.folder;
    emitPhotos(out, "photos", subject.photos);
    if (!subject.ownPriors.empty()) {
      out << YAML::Key << "own_priors" << YAML::Value << subject.ownPriors.string();
    }
    out << YAML::EndMap;
  }
  out << YAML::EndSeq;
}

}  // namespace likeness
