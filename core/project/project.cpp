#include "core/project/project.h"

#include <algorithm>
#include <system_error>

#include "core/api/photo_companions.h"
#include "core/base/atomic_file.h"
#include "core/project/captions.h"
#include "core/project/photo_files.h"
#include "core/project/project_lock.h"
#include "core/project/project_subjects.h"
#include "core/project/run_folder.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

fs::path yamlOf(const fs::path& folder) { return folder / "project.yaml"; }

auto findPhoto(std::vector<ProjectPhoto>& photos, const fs::path& file) {
  const auto name = file.filename().string();
  return std::find_if(photos.begin(), photos.end(), [&](const ProjectPhoto& photo) { return photo.file == name; });
}

Error noSuchPhoto(const fs::path& project, const fs::path& photo) {
  return {ErrorCode::NotFound,
          project.string() + " has no photo " + photo.filename().string() + ". Open the project again.",
          {},
          photo.string()};
}

Result<void> checkTarget(const fs::path& folder) {
  std::error_code failure;
  const auto status = fs::status(folder, failure);
  if (status.type() == fs::file_type::not_found) return {};
  if (failure) return systemError(failure.value(), "make the project", folder.string());
  if (fs::is_directory(status) && fs::is_empty(folder, failure) && !failure) return {};
  if (failure) return systemError(failure.value(), "look into", folder.string());
  return Error{ErrorCode::InvalidArgument,
               folder.string() + " exists already" +
                   (fs::exists(yamlOf(folder), failure) ? " and is a project. Open it, or give another name."
                                                        : " and is not empty. Give the name of a new folder."),
               {},
               folder.string()};
}

// Takes back copies and moves when a change fails on the way, so that nothing is done half.
class Undo {
 public:
  Result<void> copy(const fs::path& source, const fs::path& target) {
    LK_CHECK(copyFileAtomically(source, target));
    m_steps.emplace_back([target] {
      std::error_code ignored;
      fs::remove(target, ignored);
    });
    return {};
  }
  Result<void> move(const fs::path& source, const fs::path& target) {
    LK_CHECK(moveFile(source, target));
    m_steps.emplace_back([source, target] {
      std::error_code ignored;
      fs::rename(target, source, ignored);
    });
    return {};
  }
  void add(std::function<void()> step) { m_steps.push_back(std::move(step)); }
  Result<void> unlessFailed(Result<void> done) {
    if (!done.ok()) std::for_each(m_steps.rbegin(), m_steps.rend(), [](const auto& step) { step(); });
    return done;
  }

 private:
  std::vector<std::function<void()>> m_steps;
};

// Copies a photo into `folder` under a free name, which it answers, with the caption and the mask beside it.
Result<std::string> copyPhoto(const fs::path& photo, const fs::path& folder, const std::vector<fs::path>& taken,
                              Undo& undo) {
  const auto name = freeFileName(photo, taken);
  LK_CHECK(undo.copy(photo, folder / name));
  if (const auto caption = captionBeside(photo); !caption.empty()) {
    LK_CHECK(undo.copy(caption, captionFile(folder / name)));
  }
  if (const auto mask = maskBeside(photo); !mask.empty()) LK_CHECK(undo.copy(mask, maskFile(folder / name)));
  return name;
}

// Moves a photo and its caption and mask, if it has them.
Result<void> movePhoto(const fs::path& from, const fs::path& to, Undo& undo) {
  LK_CHECK(undo.move(from, to));
  for (const auto& companion : {captionFile, maskFile}) {
    std::error_code ignored;
    if (fs::exists(companion(from), ignored)) LK_CHECK(undo.move(companion(from), companion(to)));
  }
  return {};
}

// The folder's absolute form without a trailing separator, so that parent_path() and filename() mean what they say.
fs::path normalized(const fs::path& folder) {
  auto path = fs::absolute(folder).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

}  // namespace

Result<void> makeFolder(const fs::path& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure) return systemError(failure.value(), "make the folder", folder.string());
  return {};
}

Result<Project> Project::open(const fs::path& folder) {
  Project project(normalized(folder));
  std::error_code failure;
  const auto status = fs::status(project.m_folder, failure);
  if (failure) return systemError(failure.value(), "open the project", project.m_folder.string());
  if (!fs::is_directory(status)) {
    return Error{ErrorCode::InvalidArgument,
                 folder.string() + " is a file, not a project's folder. Name the folder.",
                 {},
                 folder.string()};
  }
  if (!fs::exists(yamlOf(project.m_folder), failure) && !failure) {
    return Error{
        ErrorCode::NotFound,
        project.m_folder.string() +
            " is not a project: it has no project.yaml. Make one with likeness-cli new, or name another folder.",
        {},
        project.m_folder.string()};
  }
  LK_CHECK(project.read());
  return project;
}

Result<Project> Project::create(const fs::path& folder, ProjectFile content, const std::vector<fs::path>& photos) {
  LK_CHECK(checkClassNoun(content.classNoun));
  LK_CHECK(checkToken(content.token));
  Project project(normalized(folder));
  LK_CHECK(checkTarget(project.m_folder));
  LK_CHECK(makeFolder(project.m_folder.parent_path()));
  LK_TRY(auto directory, AtomicDirectory::create(project.m_folder));
  for (const char* name : {"photos", "removed", "priors", "runs", "pictures"})
    LK_CHECK(makeFolder(directory.path() / name));
  for (const auto& photo : photos) {
    Undo whole;  // the folder goes as a whole
    const auto copied = copyPhoto(photo, directory.path() / "photos", {directory.path() / "photos"}, whole);
    if (!copied.ok()) {
      auto error = copied.error();  // names the folder that was asked for, not the temporary one
      const auto at = error.message.find(directory.path().string());
      if (at != std::string::npos)
        error.message.replace(at, directory.path().string().size(), project.m_folder.string());
      return error;
    }
    content.photos.push_back({*copied, {}});
  }
  project.m_content = std::move(content);
  LK_CHECK(writeFileAtomically(yamlOf(directory.path()), formatProjectFile(project.m_content)));
  std::error_code ignored;
  fs::remove(project.m_folder, ignored);  // an empty folder of that name
  LK_CHECK(directory.commit());
  return project;
}

Result<void> Project::read() {
  LK_TRY(const auto text, readFile(yamlOf(m_folder), 4u << 20));
  LK_TRY(m_content, parseProjectFile(text, yamlOf(m_folder)));
  return {};
}

Result<void> Project::write() const { return writeFileAtomically(yamlOf(m_folder), formatProjectFile(m_content)); }

Result<void> Project::edit(const std::function<Result<void>(ProjectFile&)>& change) {
  LK_TRY(const auto lock, ProjectLock::acquire(m_folder, ProjectLockKind::Edit));
  LK_CHECK(read());
  const auto before = m_content;
  auto done = change(m_content);
  if (done.ok() && m_content != before) done = write();
  if (!done.ok()) m_content = before;
  return done;
}

Result<void> Project::addPhotos(const std::vector<fs::path>& files) {
  LK_CHECK(makeFolder(photosFolder()));
  Undo undo;
  return undo.unlessFailed(edit([&](ProjectFile& content) -> Result<void> {
    for (const auto& file : files) {
      if (const auto old = findPhoto(content.removed, file);
          old != content.removed.end() && normalized(file).parent_path() == removedFolder()) {
        LK_CHECK(movePhoto(removedFolder() / old->file, photosFolder() / old->file, undo));
        content.photos.push_back(*old);
        content.removed.erase(old);
        continue;
      }
      LK_TRY(const auto name, copyPhoto(file, photosFolder(), {photosFolder(), removedFolder()}, undo));
      content.photos.push_back({name, {}});
    }
    return {};
  }));
}

Result<void> Project::removePhotos(const std::vector<fs::path>& photos) {
  LK_CHECK(makeFolder(removedFolder()));
  Undo undo;
  return undo.unlessFailed(edit([&](ProjectFile& content) -> Result<void> {
    for (const auto& file : photos) {
      const auto photo = findPhoto(content.photos, file);
      if (photo == content.photos.end()) return noSuchPhoto(m_folder, file);
      std::error_code ignored;  // a photo that somebody deleted is only forgotten
      if (fs::exists(photosFolder() / photo->file, ignored)) {
        LK_CHECK(movePhoto(photosFolder() / photo->file, removedFolder() / photo->file, undo));
        content.removed.push_back(*photo);
      }
      content.photos.erase(photo);
    }
    return {};
  }));
}

Result<void> Project::addSubject(ProjectSubject subject, const std::vector<fs::path>& photos) {
  LK_CHECK(checkClassNoun(subject.classNoun));
  LK_CHECK(checkToken(subject.token));
  if (photos.empty()) {
    return Error{ErrorCode::InvalidArgument,
                 "There is no photo of " + subject.token + " " + subject.classNoun + ". Name three to five."};
  }
  Undo undo;
  return undo.unlessFailed(edit([&](ProjectFile& content) -> Result<void> {
    subject.folder = freeFileName(subject.token, {subjectsFolder(), removedFolder()});
    content.furtherSubjects.push_back(subject);
    LK_CHECK(checkSubjects(content));
    const auto folder = photosFolder(subject);
    LK_CHECK(makeFolder(folder));
    undo.add([folder] {  // copies are taken back before it
      std::error_code ignored;
      fs::remove(folder, ignored);
    });
    for (const auto& photo : photos) {
      LK_TRY(const auto name, copyPhoto(photo, folder, {folder}, undo));
      content.furtherSubjects.back().photos.push_back({name, {}});
    }
    return {};
  }));
}

Result<void> Project::removeSubject(const std::string& token) {
  LK_CHECK(makeFolder(removedFolder()));
  Undo undo;
  return undo.unlessFailed(edit([&](ProjectFile& content) -> Result<void> {
    if (content.token == token) {
      return Error{ErrorCode::InvalidArgument,
                   "\"" + token + "\" is the project's first subject, which stays. Make a project of the others "
                   "instead, with likeness-cli new and add-subject."};
    }
    const auto found = std::ranges::find(content.furtherSubjects, token, &ProjectSubject::token);
    if (found == content.furtherSubjects.end()) {
      return Error{ErrorCode::NotFound, m_folder.string() + " has no subject \"" + token +
                                            "\". Its subjects are " + subjectWords(content) + "."};
    }
    const auto folder = photosFolder(*found);
    std::error_code ignored;
    if (fs::exists(folder, ignored)) {
      LK_CHECK(undo.move(folder, removedFolder() / freeFileName(found->folder, {removedFolder()})));
    }
    content.furtherSubjects.erase(found);
    return {};
  }));
}

Result<void> Project::setCrop(const fs::path& photo, const CropRect& crop) {
  return edit([&](ProjectFile& content) -> Result<void> {
    const auto found = findPhoto(content.photos, photo);
    if (found == content.photos.end()) return noSuchPhoto(m_folder, photo);
    found->crop = {std::clamp(crop.centerX, 0.0, 1.0), std::clamp(crop.centerY, 0.0, 1.0),
                   std::clamp(crop.side, 0.01, 1.0), ((crop.quarterTurns % 4) + 4) % 4};
    return {};
  });
}

Result<void> Project::setCaption(const fs::path& photo, const std::string& caption) const {
  const auto photos = snapshot().photos;
  const auto found = std::ranges::find(photos, photo.filename(), [](const auto& info) { return info.file.filename(); });
  if (found == photos.end()) return noSuchPhoto(m_folder, photo);
  return writeCaption(found->file, caption);
}

std::vector<PhotoInfo> Project::photosOf(const ProjectSubject& subject) const {
  std::vector<PhotoInfo> photos;
  for (const auto& photo : subject.photos) {
    PhotoInfo info;
    info.file = photosFolder(subject) / photo.file;
    info.crop = photo.crop;
    photos.push_back(std::move(info));
  }
  return photos;
}

ProjectSnapshot Project::snapshot() const {
  ProjectSnapshot snapshot;
  snapshot.folder = m_folder;
  snapshot.name = m_folder.filename().string();
  snapshot.classNoun = m_content.classNoun;
  snapshot.identifierToken = m_content.token;
  snapshot.model = m_content.model;
  snapshot.weight = m_content.weight;
  snapshot.repeats = m_content.repeats;
  snapshot.photos = photosOf(allSubjects(m_content).front());
  for (const auto& subject : m_content.furtherSubjects) {
    snapshot.furtherSubjects.push_back(
        {subject.classNoun, subject.token, subject.weight, subject.repeats, photosOf(subject)});
  }
  snapshot.ownPriors = m_content.ownPriors;
  snapshot.train = m_content.train;
  snapshot.runs = listRuns(m_folder);
  snapshot.page = m_content.page;
  return snapshot;
}

}  // namespace likeness
