#pragma once
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/api/photo.h"
#include "core/api/train_config.h"
#include "core/base/result.h"

namespace likeness {

/// The newest version of project.yaml; it and older ones are read. 2 has several subjects, or a weight or repeats of
/// the first; what 1 can hold is still written as 1.
inline constexpr int kProjectVersion = 2;

/// A photo of a project: a plain file name in `photos/` (or `removed/`) and the square of it that is trained.
struct ProjectPhoto {
  std::string file;
  CropRect crop;

  bool operator==(const ProjectPhoto&) const = default;
};

/// A subject with photos, class images and token of its own.
struct ProjectSubject {
  std::string classNoun;
  std::string token;
  double weight = 1;         ///< how much it counts beside the others
  std::int64_t repeats = 1;  ///< how often it is shown while the others are shown once
  std::string folder;        ///< a plain name: photos lie in `subjects/<folder>/`; empty: the first one's, `photos/`
  std::vector<ProjectPhoto> photos;
  std::filesystem::path ownPriors;  ///< empty: made ones

  bool operator==(const ProjectSubject&) const = default;
};

/// What project.yaml says. Class, token, photos and so on are those of the first subject; see allSubjects().
struct ProjectFile {
  std::string classNoun;
  std::string token = "sks";
  std::filesystem::path model;  ///< empty: the embedded base
  std::vector<ProjectPhoto> photos;
  std::vector<ProjectPhoto> removed;  ///< in `removed/`, with the crop that they had
  TrainConfig train;
  std::filesystem::path ownPriors;  ///< empty: made ones
  std::string page;
  double weight = 1;
  std::int64_t repeats = 1;
  std::vector<ProjectSubject> furtherSubjects;
  /// Top-level keys that this version does not know, with their YAML: kept as they are. A misspelt one is warned about.
  std::vector<std::pair<std::string, std::string>> unknown;
  std::vector<std::string> warnings;  ///< sentences about unknown keys; not written

  bool operator==(const ProjectFile&) const = default;
};

/// Reads the text of a project.yaml; `path` only names it in errors.
/// Errors: NewerVersion; Corrupt; Unsupported; InvalidArgument for an unknown training option (with the nearest name)
/// or a value out of range, and for a photo whose name would lead out of `photos/`. Threads: any.
[[nodiscard]] Result<ProjectFile> parseProjectFile(const std::string& text, const std::filesystem::path& path);

/// The text of a project.yaml, all options with their values.
[[nodiscard]] std::string formatProjectFile(const ProjectFile& project);

/// True if `name` names a file directly in a folder: no separator, no "..", not hidden, valid UTF-8.
[[nodiscard]] bool isPlainFileName(const std::string& name);

/// A class noun or token that can be used: one line of valid UTF-8, 1 … 100 characters; a token has no white space.
[[nodiscard]] Result<void> checkClassNoun(const std::string& noun);
[[nodiscard]] Result<void> checkToken(const std::string& token);

}  // namespace likeness
