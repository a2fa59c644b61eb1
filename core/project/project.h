#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/api/project.h"
#include "core/base/result.h"
#include "core/project/project_file.h"

namespace likeness {

/// A project folder: project.yaml, photos/, removed/, priors/, runs/, pictures/; with several subjects subjects/, in
/// which each further one's photos have a folder.
/// Each change reads project.yaml again under the project's edit lock and writes it atomically, so two threads or two
/// programs never lose each other's edits. Threads: one each object.
class Project {
 public:
  /// Errors: NotFound (no folder, or one without project.yaml); those of parseProjectFile.
  [[nodiscard]] static Result<Project> open(const std::filesystem::path& folder);

  /// Makes the folder with copies of `photos` (files only), whole or not at all.
  /// Errors: InvalidArgument if `folder` exists and isn't an empty folder, or for a bad class or token; disk errors.
  [[nodiscard]] static Result<Project> create(const std::filesystem::path& folder, ProjectFile content,
                                              const std::vector<std::filesystem::path>& photos);

  [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
  [[nodiscard]] const ProjectFile& content() const { return m_content; }

  [[nodiscard]] std::filesystem::path photosFolder() const { return m_folder / "photos"; }
  [[nodiscard]] std::filesystem::path photosFolder(const ProjectSubject& subject) const {
    return subject.folder.empty() ? photosFolder() : subjectsFolder() / subject.folder;
  }
  [[nodiscard]] std::filesystem::path subjectsFolder() const { return m_folder / "subjects"; }
  [[nodiscard]] std::filesystem::path removedFolder() const { return m_folder / "removed"; }
  [[nodiscard]] std::filesystem::path priorsFolder() const { return m_folder / "priors"; }
  [[nodiscard]] std::filesystem::path runsFolder() const { return m_folder / "runs"; }
  [[nodiscard]] std::filesystem::path picturesFolder() const { return m_folder / "pictures"; }

  /// Changes project.yaml. If `change` fails, nothing is written.
  [[nodiscard]] Result<void> edit(const std::function<Result<void>(ProjectFile&)>& change);

  /// Copies files into photos/ under free names, their bytes untouched, and the captions beside them. A file of the
  /// project's own removed/ is moved back instead, with the crop that it had.
  [[nodiscard]] Result<void> addPhotos(const std::vector<std::filesystem::path>& files);

  /// Moves photos, named by their file in photos/, to removed/.
  [[nodiscard]] Result<void> removePhotos(const std::vector<std::filesystem::path>& photos);

  /// Adds a subject with copies of `photos` (files only) in a folder of its own, named by its token; its folder and
  /// photos are filled in. Errors: InvalidArgument for a bad class, token, weight or repeats, for a token that names a
  /// subject already, and without photos; disk errors.
  [[nodiscard]] Result<void> addSubject(ProjectSubject subject, const std::vector<std::filesystem::path>& photos);

  /// Takes the subject of that token out and moves its folder to removed/. Errors: NotFound; InvalidArgument for the
  /// first one.
  [[nodiscard]] Result<void> removeSubject(const std::string& token);

  [[nodiscard]] Result<void> setCrop(const std::filesystem::path& photo, const CropRect& crop);

  /// Writes the words of a photo into the text file beside it; empty ones take it away.
  /// Errors: NotFound; InvalidArgument for control characters, broken UTF-8 or over 64 kB; disk errors.
  [[nodiscard]] Result<void> setCaption(const std::filesystem::path& photo, const std::string& caption) const;

  /// A subject's photos, with file and crop only.
  [[nodiscard]] std::vector<PhotoInfo> photosOf(const ProjectSubject& subject) const;

  /// What can be said without looking into pictures or models: photos carry file and crop only; priors, pictures,
  /// modelTitle and resolution are left to the engine.
  [[nodiscard]] ProjectSnapshot snapshot() const;

 private:
  explicit Project(std::filesystem::path folder) : m_folder(std::move(folder)) {}
  [[nodiscard]] Result<void> read();
  [[nodiscard]] Result<void> write() const;

  std::filesystem::path m_folder;
  ProjectFile m_content;
};

/// Makes these subfolders of a project where they are missing.
[[nodiscard]] Result<void> makeFolder(const std::filesystem::path& folder);

}  // namespace likeness
