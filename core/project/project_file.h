#pragma once
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/api/photo.h"
#include "core/api/train_config.h"
#include "core/base/result.h"

namespace likeness {

/// The version of project.yaml that this program writes; it reads this and older ones.
inline constexpr int kProjectVersion = 1;

/// A photo of a project: a plain file name in `photos/` (or `removed/`) and the square of it that is trained.
struct ProjectPhoto {
  std::string file;
  CropRect crop;

  bool operator==(const ProjectPhoto&) const = default;
};

/// What project.yaml says.
struct ProjectFile {
  std::string classNoun;
  std::string token = "sks";
  std::filesystem::path model;  ///< empty: the embedded base
  std::vector<ProjectPhoto> photos;
  std::vector<ProjectPhoto> removed;  ///< in `removed/`, with the crop that they had
  TrainConfig train;
  std::filesystem::path ownPriors;  ///< empty: made ones
  std::string page;
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
